"""Make data/written.npz: digits of the practice skeletons, written with many pens and centred."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from explainer.engine.handwriting import written_digits

COUNT, SEED = 1500, 1
OUT = Path(__file__).parent / "data" / "written.npz"


def main() -> None:
    """Write, round to 8 bits and save."""
    images, labels = written_digits(COUNT, "practice", SEED)
    pixels = np.rint(images * 255).astype(np.uint8)
    np.savez_compressed(OUT, images=pixels, labels=labels.astype(np.uint8))
    print(f"{OUT.name}: {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
