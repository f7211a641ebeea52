"""Training images moved, turned and bent, so that a net learns what does not matter."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

ROTATION = 12.0  # degrees at most
SCALE = 0.12  # share of the size at most
SHEAR = 0.15  # sideways pixels per pixel of height, at most


def augment(images: Tensor, generator: torch.Generator, shift: float, stray: float) -> Tensor:
    """Return each image under its own random affine map, drawn by one bilinear sampling.

    Parameters
    ----------
    images : Tensor, shape (B, 1, height, width)
        0 is paper, 1 is ink; empty paper is drawn in from outside.
    generator : torch.Generator
        On the CPU, so that the same seed augments alike on every device.
    shift, stray : float
        Along each axis an image moves by shift · u + stray · u³ pixels, u uniform in -1..1: most
        move little, a few as far as shift + stray.

    Returns
    -------
    Tensor, shape (B, 1, height, width)
        Rotation, scale and shear are uniform between their limits.
    """
    count, _, height, width = images.shape
    draw = torch.rand((6, count), generator=generator).mul_(2).sub_(1)
    angle = draw[0] * math.radians(ROTATION)
    cosine, sine = angle.cos(), angle.sin()
    shear = draw[1] * SHEAR
    across, down = 1 + draw[2] * SCALE, 1 + draw[3] * SCALE
    moved = 2 * (shift * draw[4:6] + stray * draw[4:6] ** 3)
    # From where in the image, in coordinates from -1 to 1, each pixel of the result is taken.
    rows = (
        across * cosine, across * (shear - sine), moved[0] / width,
        down * sine, down * cosine, moved[1] / height,
    )  # fmt: skip
    source = torch.stack(rows, dim=1).view(count, 2, 3).to(images.device)
    grid = F.affine_grid(source, list(images.shape), align_corners=False)
    return F.grid_sample(images, grid, align_corners=False)
