"""StyleGAN in small: a digit drawn from a learned constant, each layer in a style of its own."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

NOISE = STYLE = 32  # numbers of z, and of w
# The side of the maps that come out of each layer.
SIDES = (7, 14, 14, 28, 28)
LAYERS = len(SIDES)
_MAPS = ((24, 24), (24, 12), (12, 12), (12, 6), (6, 6))  # that go in and come out
_GAIN = 2**0.5  # LeakyReLU loses about half of the variance; this gives it back


def leaky(x: Tensor) -> Tensor:
    """Return LeakyReLU, slope 0.2 below zero, its variance kept."""
    return F.leaky_relu(x, 0.2) * _GAIN


class ModulatedConv(nn.Module):
    """A convolution whose kernels a style scales, by one factor for each map that goes in.

    Parameters
    ----------
    before, after : int
        Maps that go in and that come out.
    side : int
        Of a kernel, odd.
    demodulated : bool
        Whether each map that comes out is brought back to unit variance, whatever the style.
    random : torch.Generator, optional
        Draws the initial weights.

    References
    ----------
    T. Karras et al., "Analyzing and improving the image quality of StyleGAN", CVPR 2020: the style
    scales the kernels, and demodulation takes the place of normalising the maps.
    """

    def __init__(
        self,
        before: int,
        after: int,
        side: int = 3,
        demodulated: bool = True,
        random: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(after, before, side, side))
        self.style = nn.Linear(STYLE, before)
        self.demodulated = demodulated
        draw(self.weight, random)
        draw(self.style.weight, random)
        nn.init.ones_(self.style.bias)  # a style that says nothing leaves the kernels as they are

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        """Return maps, shape (B, after, H, W), of maps (B, before, H, W) in styles (B, STYLE)."""
        s = self.style(w)  # (B, before)
        # To scale a kernel or the map that it reads is the same, and every picture of the batch
        # has a style of its own: so the maps are scaled, and the kernels stay shared.
        x = x * s[:, :, None, None]  # (B, before, H, W)
        x = F.conv2d(x, self.weight, padding="same")  # (B, after, H, W)
        if self.demodulated:
            x = x * self.demodulation(s)[:, :, None, None]  # (B, after, H, W)
        return x

    def demodulation(self, s: Tensor) -> Tensor:
        """Return 1 / √Σ(s · weight)² for each map that comes out, (B, after), from s (B, before).

        Maps of unit variance that go in come out with unit variance, as far as they are
        independent of each other.
        """
        energy = self.weight.square().sum(dim=(2, 3))  # (after, before)
        return (s.square() @ energy.T + 1e-8).rsqrt()  # (B, before) x (before, after)


class StyleLayer(nn.Module):
    """One layer of the drawing: convolve in a style, grow, add noise and a bias, LeakyReLU."""

    def __init__(
        self, before: int, after: int, side: int, random: torch.Generator | None = None
    ) -> None:
        super().__init__()
        self.side = side
        self.conv = ModulatedConv(before, after, random=random)
        self.strength = nn.Parameter(torch.zeros(()))  # of the noise; learned, from 0
        self.bias = nn.Parameter(torch.zeros(after))

    def forward(self, x: Tensor, w: Tensor, noise: Tensor | None = None) -> Tensor:
        """Return maps (B, after, side, side); noise, (B, 1, side, side), is one number a pixel."""
        x = self.conv(x, w)  # (B, after, H, W)
        if x.shape[-1] < self.side:
            x = F.interpolate(x, scale_factor=2, mode="bilinear")  # (B, after, 2H, 2W)
        if noise is not None:
            x = x + self.strength * noise  # the same in every map
        return leaky(x + self.bias[:, None, None])  # (B, after, side, side)


class Mapping(nn.Module):
    """Turns noise z into w, from which every layer takes its style.

    z is Gaussian because somebody has to draw it; w may lie as the digits need it.

    References
    ----------
    T. Karras, S. Laine and T. Aila, "A style-based generator architecture for generative
    adversarial networks", CVPR 2019; there it has eight layers.
    """

    def __init__(self, depth: int = 3, random: torch.Generator | None = None) -> None:
        super().__init__()
        sizes = [NOISE, *[STYLE] * (depth - 1)]
        layers = [nn.Linear(before, STYLE) for before in sizes]
        for layer in layers:
            draw(layer.weight, random)
            nn.init.zeros_(layer.bias)
        self.layers = nn.ModuleList(layers)

    def forward(self, z: Tensor) -> Tensor:
        """Return w, shape (B, STYLE), from z, shape (B, NOISE)."""
        return self.stages(z)[-1]

    def stages(self, z: Tensor) -> list[Tensor]:
        """Return z brought to a length of √NOISE, then what each layer makes of it; the last is w.

        Each of shape (B, NOISE) or (B, STYLE).
        """
        x = z * (z.square().mean(dim=1, keepdim=True) + 1e-8).rsqrt()  # (B, NOISE)
        stages = [x]
        for layer in self.layers:
            stages.append(leaky(layer(stages[-1])))  # (B, STYLE)
        return stages


class Synthesis(nn.Module):
    """Draws a digit from a learned constant: only styles, and noise, say which one.

    References
    ----------
    T. Karras et al., 2019 and 2020, as above.
    """

    def __init__(self, random: torch.Generator | None = None) -> None:
        super().__init__()
        self.constant = nn.Parameter(torch.empty(1, _MAPS[0][0], 7, 7))
        nn.init.normal_(self.constant, generator=random)
        self.layers = nn.ModuleList(
            StyleLayer(before, after, side, random)
            for (before, after), side in zip(_MAPS, SIDES, strict=True)
        )
        self.picture = ModulatedConv(_MAPS[-1][1], 1, 1, demodulated=False, random=random)
        self.paper = nn.Parameter(torch.zeros(()))

    def forward(self, styles: Tensor, noise: Sequence[Tensor] | None = None) -> Tensor:
        """Return pictures, (B, 1, 28, 28), -1 is paper and 1 ink.

        Parameters
        ----------
        styles : Tensor, shape (B, LAYERS, STYLE)
            A w for each layer; the picture is put together in the last one's.
        noise : sequence of Tensor, each of shape (B, 1, side, side), optional
            One a layer; without it no noise is added.
        """
        x = self.constant.expand(len(styles), -1, -1, -1)  # (B, 24, 7, 7)
        for place, layer in enumerate(self.layers):
            x = layer(x, styles[:, place], None if noise is None else noise[place])
        ink: Tensor = self.picture(x, styles[:, -1]) + self.paper  # (B, 1, 28, 28)
        return ink.tanh()


class Generator(nn.Module):
    """The mapping network and the synthesis network that it instructs.

    Parameters
    ----------
    random : torch.Generator, optional
        Draws the initial weights.
    """

    def __init__(self, random: torch.Generator | None = None) -> None:
        super().__init__()
        self.mapping = Mapping(random=random)
        self.synthesis = Synthesis(random)

    def forward(self, z: Tensor, noise: Sequence[Tensor] | None = None) -> Tensor:
        """Return pictures (B, 1, 28, 28), each in one style throughout, from z (B, NOISE)."""
        w = self.mapping(z)  # (B, STYLE)
        pictures: Tensor = self.synthesis(same_in_all(w), noise)
        return pictures


def same_in_all(w: Tensor) -> Tensor:
    """Return styles, (B, LAYERS, STYLE), that are the same w, (B, STYLE), in every layer."""
    return w[:, None].expand(-1, LAYERS, -1)


def mixed(coarse: Tensor, fine: Tensor, cut: Tensor | int) -> Tensor:
    """Return styles, (B, LAYERS, STYLE): the layers before `cut` from one w, the rest from another.

    Parameters
    ----------
    coarse, fine : Tensor, shape (B, STYLE)
    cut : int or Tensor of int, shape (B,)
        The first layer that takes the style of `fine`, 0 to LAYERS.
    """
    cut = torch.as_tensor(cut, device=coarse.device).reshape(-1, 1)  # (B, 1) or (1, 1)
    is_coarse = torch.arange(LAYERS, device=coarse.device) < cut  # (B, LAYERS)
    return torch.where(is_coarse[..., None], coarse[:, None], fine[:, None])


def truncated(w: Tensor, mean: Tensor, psi: float) -> Tensor:
    """Return w drawn towards the mean of all w: 1 leaves it, 0 makes every w the mean.

    Parameters
    ----------
    w : Tensor, shape (B, STYLE)
    mean : Tensor, shape (STYLE,)
    """
    return mean + psi * (w - mean)  # (B, STYLE)


class Discriminator(nn.Module):
    """Says how real a picture looks: above 0 rather real, below 0 rather forged.

    It has no normalisation: R1 asks for the slope at one picture, whatever lies beside it. Beside
    the picture it is told how much the pictures of its batch differ from each other, so that a
    generator that repeats itself is found out.

    Parameters
    ----------
    random : torch.Generator, optional
        Draws the initial weights.

    References
    ----------
    T. Karras et al., "Progressive growing of GANs for improved quality, stability, and variation",
    ICLR 2018: minibatch standard deviation.
    """

    def __init__(self, random: torch.Generator | None = None) -> None:
        super().__init__()
        self.down1 = nn.Conv2d(1, 16, kernel_size=4, stride=2, padding=1)
        self.down2 = nn.Conv2d(16, 32, kernel_size=4, stride=2, padding=1)
        self.hidden = nn.Linear(32 * 7 * 7, 64)
        self.real = nn.Linear(64 + 1, 1)
        for name, parameter in self.named_parameters():
            if name.endswith("weight"):
                draw(parameter, random)
            else:
                nn.init.zeros_(parameter)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, shape (B,), of pictures of shape (B, 1, 28, 28)."""
        x = leaky(self.down1(x))  # (B, 16, 14, 14)
        x = leaky(self.down2(x)).flatten(1)  # (B, 1568)
        x = leaky(self.hidden(x))  # (B, 64)
        spread = (x.var(dim=0, correction=0) + 1e-8).sqrt().mean()  # one number for the batch
        x = torch.cat((x, spread.expand(len(x), 1)), dim=1)  # (B, 65)
        logits: Tensor = self.real(x).squeeze(1)  # (B,)
        return logits


def draw_noise(count: int, random: torch.Generator) -> list[Tensor]:
    """Return noise for every layer, each of shape (count, 1, side, side)."""
    return [torch.randn((count, 1, side, side), generator=random) for side in SIDES]


def draw(weight: Tensor, random: torch.Generator | None) -> None:
    """Draw initial weights (after, before, ...) that keep the variance of what goes in."""
    nn.init.normal_(weight, 0.0, weight[0].numel() ** -0.5, generator=random)
