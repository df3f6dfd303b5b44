// Reads a GIFT file with a parser that is not ours and prints what it found, one array a question.
const fs = require("fs");
const { parse } = require("gift-pegjs");

const found = parse(fs.readFileSync(process.argv[2], "utf8")).filter((one) => one.type !== "Category");
console.log(
  JSON.stringify(
    found.map((one) => [
      one.type,
      one.stem.text,
      one.type === "TF" ? one.isTrue : one.choices.map((c) => [c.text.text, c.isCorrect || c.weight > 0]),
      one.globalFeedback ? one.globalFeedback.text : "",
      one.tags || [],
      one.id || "",
    ]),
  ),
);
