// Uploads FILE with the reference client of the tus project; prints the upload's address.
// node tus_client.js ENDPOINT FILE COOKIES CSRF_TOKEN CHUNK_BYTES
const fs = require("node:fs");
const path = require("node:path");
const tus = require("tus-js-client");

const [endpoint, file, cookies, token, chunk] = process.argv.slice(2);
const upload = new tus.Upload(fs.createReadStream(file), {
  endpoint,
  uploadSize: fs.statSync(file).size,
  chunkSize: Number(chunk),
  metadata: { filename: path.basename(file) },
  headers: { Cookie: cookies, "X-CSRFToken": token },
  retryDelays: [200, 500, 1000, 1000, 2000, 2000, 3000, 5000],
  onError: (error) => { console.error(String(error)); process.exit(1); },
  onSuccess: () => console.log(upload.url),
});
upload.start();
