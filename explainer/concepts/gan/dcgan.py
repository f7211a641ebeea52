"""DCGAN: a generator and a discriminator of digits, made of convolutions."""

from __future__ import annotations

import torch
from torch import Tensor, nn

CLASSES = 10
EMBEDDED = 16  # numbers that stand for a class, beside the noise
NOISE = 32  # numbers that the generator starts from
INITIAL = 0.02  # standard deviation of the initial weights, as in the paper


class Generator(nn.Module):
    """Turns noise into a picture: 58,721 parameters, with a class 83,969.

    DCGAN's rules for it: it grows the picture by strided transposed convolutions, not by
    unpooling; batch normalisation and ReLU follow every layer but the last, which ends in tanh.

    Parameters
    ----------
    noise_size : int
        Numbers that it starts from.
    conditional : bool
        Whether it is told which digit to draw.
    random : torch.Generator, optional
        Draws the initial weights.

    References
    ----------
    A. Radford, L. Metz and S. Chintala, "Unsupervised representation learning with deep
    convolutional generative adversarial networks", ICLR 2016.
    """

    def __init__(
        self,
        noise_size: int = NOISE,
        conditional: bool = False,
        random: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        self.embedding = nn.Embedding(CLASSES, EMBEDDED) if conditional else None
        known = noise_size + (EMBEDDED if conditional else 0)
        self.seed = nn.Linear(known, 32 * 7 * 7, bias=False)
        self.norm1 = nn.BatchNorm2d(32)
        self.up1 = nn.ConvTranspose2d(32, 16, kernel_size=4, stride=2, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(16)
        self.up2 = nn.ConvTranspose2d(16, 1, kernel_size=4, stride=2, padding=1)
        draw_weights(self, random)

    def forward(self, z: Tensor, digit: Tensor | None = None) -> Tensor:
        """Return pictures, shape (B, 1, 28, 28), -1 is paper and 1 ink, from noise (B, 32).

        Parameters
        ----------
        digit : Tensor of int64, shape (B,), optional
            The digits asked for; for a conditional generator alone.
        """
        if self.embedding is not None:
            z = torch.cat((z, self.embedding(digit)), dim=1)  # (B, 32 + 16)
        x = self.seed(z).unflatten(1, (32, 7, 7))  # (B, 32, 7, 7)
        x = self.norm1(x).relu()  # (B, 32, 7, 7)
        x = self.up1(x)  # (B, 16, 14, 14)
        x = self.norm2(x).relu()  # (B, 16, 14, 14)
        pictures: Tensor = self.up2(x).tanh()  # (B, 1, 28, 28)
        return pictures


class Discriminator(nn.Module):
    """Says how real a picture looks, above 0 rather real: 10,097 parameters, with a class 25,777.

    DCGAN's rules for it: strided convolutions shrink the picture, no pooling; LeakyReLU follows
    each, batch normalisation each but the first.

    Parameters
    ----------
    conditional : bool
        Whether it is told which digit the picture should show. The class then turns the
        direction in which a picture looks real: a projection discriminator.
    random : torch.Generator, optional
        Draws the initial weights.

    References
    ----------
    A. Radford, L. Metz and S. Chintala, 2016, as above.
    T. Miyato and M. Koyama, "cGANs with projection discriminator", ICLR 2018.
    """

    def __init__(self, conditional: bool = False, random: torch.Generator | None = None) -> None:
        super().__init__()
        self.down1 = nn.Conv2d(1, 16, kernel_size=4, stride=2, padding=1)
        self.down2 = nn.Conv2d(16, 32, kernel_size=4, stride=2, padding=1, bias=False)
        # It judges a picture among the others of its batch, in learning and when asked.
        self.norm2 = nn.BatchNorm2d(32, track_running_stats=False)
        self.real = nn.Linear(32 * 7 * 7, 1)
        self.embedding = nn.Embedding(CLASSES, 32 * 7 * 7) if conditional else None
        draw_weights(self, random)

    def forward(self, x: Tensor, digit: Tensor | None = None) -> Tensor:
        """Return logits, shape (B,), of pictures of shape (B, 1, 28, 28)."""
        x = self.down1(x)  # (B, 16, 14, 14)
        x = leaky(x)
        x = self.down2(x)  # (B, 32, 7, 7)
        x = leaky(self.norm2(x)).flatten(1)  # (B, 1568)
        logits: Tensor = self.real(x).squeeze(1)  # (B,)
        if self.embedding is not None:
            logits = logits + (self.embedding(digit) * x).sum(dim=1)  # (B,)
        return logits


def leaky(x: Tensor) -> Tensor:
    """Return LeakyReLU, slope 0.2 below zero."""
    return nn.functional.leaky_relu(x, 0.2)


def draw_weights(net: nn.Module, random: torch.Generator | None) -> None:
    """Draw the initial weights as in the paper, batch normalisation about 1."""
    for module in net.modules():
        for name, parameter in module.named_parameters(recurse=False):
            mean = 1.0 if isinstance(module, nn.BatchNorm2d) and name == "weight" else 0.0
            if name == "weight":
                nn.init.normal_(parameter, mean, INITIAL, generator=random)
            else:
                nn.init.zeros_(parameter)
