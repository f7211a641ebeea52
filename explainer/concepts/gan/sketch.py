"""A sketch becomes a picture: a small conditional GAN from thin strokes to full digits."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def leaky(x: Tensor) -> Tensor:
    """Return LeakyReLU, slope 0.2 below zero."""
    return F.leaky_relu(x, 0.2)


class Generator(nn.Module):
    """Turns a sketch into a picture: 30,138 parameters.

    It looks at the sketch coarsely, on 7 x 7 places, to see what it is, and grows the picture
    from there. On the way up it is reminded of what it saw at each size on the way down, so that
    no stroke loses its place: a U-Net.

    Parameters
    ----------
    random : torch.Generator, optional
        Draws the initial weights.

    References
    ----------
    P. Isola, J.-Y. Zhu, T. Zhou and A. Efros, "Image-to-image translation with conditional
    adversarial networks", CVPR 2017: pix2pix.
    """

    def __init__(self, random: torch.Generator | None = None) -> None:
        super().__init__()
        self.down1 = nn.Conv2d(1, 16, kernel_size=4, stride=2, padding=1)
        self.down2 = nn.Conv2d(16, 32, kernel_size=4, stride=2, padding=1)
        self.middle = nn.Conv2d(32, 32, kernel_size=3, padding=1)
        self.up1 = nn.ConvTranspose2d(32, 16, kernel_size=4, stride=2, padding=1)
        self.up2 = nn.ConvTranspose2d(32, 8, kernel_size=4, stride=2, padding=1)
        self.picture = nn.Conv2d(9, 1, kernel_size=3, padding=1)
        draw_weights(self, random)
        nn.init.zeros_(self.picture.weight)  # it begins with the sketch as it is

    def forward(self, sketch: Tensor) -> Tensor:
        """Return pictures, (B, 1, 28, 28), -1 is paper and 1 ink, of sketches alike."""
        fine = leaky(self.down1(sketch))  # (B, 16, 14, 14)
        coarse = leaky(self.down2(fine))  # (B, 32, 7, 7)
        coarse = leaky(self.middle(coarse))  # (B, 32, 7, 7)
        x = leaky(self.up1(coarse))  # (B, 16, 14, 14)
        x = torch.cat((x, fine), dim=1)  # (B, 32, 14, 14)
        x = leaky(self.up2(x))  # (B, 8, 28, 28)
        x = torch.cat((x, sketch), dim=1)  # (B, 9, 28, 28)
        # It draws over the sketch. Without that it first leaves every sheet white, since most of
        # each is, and needs 400 rounds to come back from where tanh is flat (measured).
        ink: Tensor = self.picture(x) + sketch  # (B, 1, 28, 28)
        return ink.tanh()


class Discriminator(nn.Module):
    """Says how real a picture looks beside its sketch, place by place.

    It judges patches: each of its 7 x 7 verdicts sees 18 x 18 pixels. Whether the whole is right
    the L1 loss sees to; it sees to it that strokes look written.

    References
    ----------
    P. Isola et al., 2017, as above: PatchGAN.
    """

    def __init__(self, random: torch.Generator | None = None) -> None:
        super().__init__()
        self.down1 = nn.Conv2d(2, 16, kernel_size=4, stride=2, padding=1)
        self.down2 = nn.Conv2d(16, 32, kernel_size=4, stride=2, padding=1)
        self.real = nn.Conv2d(32, 1, kernel_size=3, padding=1)
        draw_weights(self, random)

    def forward(self, sketch: Tensor, picture: Tensor) -> Tensor:
        """Return logits, (B, 49), of pictures (B, 1, 28, 28) beside their sketches."""
        x = torch.cat((sketch, picture), dim=1)  # (B, 2, 28, 28)
        x = leaky(self.down1(x))  # (B, 16, 14, 14)
        x = leaky(self.down2(x))  # (B, 32, 7, 7)
        logits: Tensor = self.real(x)  # (B, 1, 7, 7)
        return logits.flatten(1)  # (B, 49)


def draw_weights(net: nn.Module, random: torch.Generator | None) -> None:
    """Draw initial weights that keep the variance of what goes in; biases are 0."""
    for name, parameter in net.named_parameters():
        if name.endswith("weight"):
            nn.init.kaiming_normal_(parameter, 0.2, generator=random)
        else:
            nn.init.zeros_(parameter)
