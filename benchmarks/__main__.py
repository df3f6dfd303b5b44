"""`./run bench` lists the benchmarks, `./run bench NAME [ARGUMENT…]` runs one."""

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent


def names() -> list[str]:
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] in names():
        sys.argv = sys.argv[1:]
        runpy.run_path(str(HERE / f"{sys.argv[0]}.py"), run_name="__main__")
        return
    for name in names():
        first = (HERE / f"{name}.py").read_text().splitlines()[0].strip('"')
        print(f"{name:<16} {first}")


if __name__ == "__main__":
    main()
