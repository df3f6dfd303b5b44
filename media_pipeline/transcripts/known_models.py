"""The models we know: name → file → size, sha256, and where each is published.

The sums are of the files that Systran (large-v3-turbo: mobiuslabsgmbh) published for CTranslate2. ModelScope
comes first: the hub itself is not reached from most of our users' networks.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class KnownModel:
    """`repository` is its name at the hub and its mirror; `modelscope` the one at ModelScope."""

    files: dict[str, File]
    repository: str
    modelscope: str
    advice: str

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files.values())


SOURCES = (
    "https://modelscope.cn/models/{modelscope}/resolve/master/{file}",
    "https://hf-mirror.com/{repository}/resolve/main/{file}",
    "https://huggingface.co/{repository}/resolve/main/{file}",
)

_TOKENIZER = File(2_203_239, "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab")
_VOCABULARY = File(459_861, "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913")
_V3_PREPROCESSOR = File(340, "7ccc62c6f2765af1f3b46c00c9b5894426835a05021c8b9c01eecb6dfb542711")
_V3_VOCABULARY = File(1_068_114, "c69260f2ab26d659b7c398f9a2b2b48ed0df16c3b47d7326782fd9cba71690c1")

KNOWN: dict[str, KnownModel] = {
    "base": KnownModel(
        files={
            "config.json": File(2_309, "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
            "model.bin": File(
                145_217_532, "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
            ),
            "tokenizer.json": _TOKENIZER,
            "vocabulary.txt": _VOCABULARY,
        },
        repository="Systran/faster-whisper-base",
        modelscope="pengzhendong/faster-whisper-base",
        advice="随安课安装；专业词常听错",
    ),
    "small": KnownModel(
        files={
            "config.json": File(2_370, "b55496ac7940a7ae47d2c01eab40edfd8701feec1229d9cce3b40014383fb828"),
            "model.bin": File(
                483_546_902, "3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671"
            ),
            "tokenizer.json": _TOKENIZER,
            "vocabulary.txt": _VOCABULARY,
        },
        repository="Systran/faster-whisper-small",
        modelscope="pengzhendong/faster-whisper-small",
        advice="正式使用的起点",
    ),
    "large-v3-turbo": KnownModel(
        files={
            "config.json": File(2_263, "b0253ea6c0d3bea6b1e19e91a02acfd3b53f4467362efcb5a3e6b16c9b3a9b7e"),
            "model.bin": File(
                1_617_884_929, "e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da"
            ),
            "preprocessor_config.json": _V3_PREPROCESSOR,
            "tokenizer.json": File(
                2_710_337, "297b13372ac43916285644fb9687add3cc62ee2a1adb60da3dc25cc94c1871fd"
            ),
            "vocabulary.json": _V3_VOCABULARY,
        },
        repository="mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        modelscope="pengzhendong/faster-whisper-large-v3-turbo",
        advice="更准，需要较快的处理器",
    ),
    "large-v3": KnownModel(
        files={
            "config.json": File(2_394, "a9306624f5ec14270a014b647e5c316b6e03a662c369758d1b90697a7b0655b9"),
            "model.bin": File(
                3_087_284_237, "69f74147e3334731bc3a76048724833325d2ec74642fb52620eda87352e3d4f1"
            ),
            "preprocessor_config.json": _V3_PREPROCESSOR,
            "tokenizer.json": File(
                2_480_617, "6d8cbd7cd0d8d5815e478dac67b85a26bbe77c1f5e0c6d76d1ce2abc0e5f21ca"
            ),
            "vocabulary.json": _V3_VOCABULARY,
        },
        repository="Systran/faster-whisper-large-v3",
        modelscope="pengzhendong/faster-whisper-large-v3",
        advice="最准，最慢",
    ),
}
