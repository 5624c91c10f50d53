"""What somebody does to an old picture who wants it taken for a new one."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from tests.presence.staged import saved

if TYPE_CHECKING:
    from collections.abc import Callable


def cropped(picture: Image.Image, of: Random, percent: int) -> Image.Image:
    """So much of width and height is gone, from any sides."""
    width, height = (side * (100 - percent) // 100 for side in picture.size)
    left, top = of.randint(0, picture.width - width), of.randint(0, picture.height - height)
    return saved(picture.crop((left, top, left + width, top + height)), 80)


def _turned(picture: Image.Image, of: Random) -> Image.Image:
    """Turned by two degrees, the empty corners cut off."""
    turned = picture.rotate(of.choice((-2, 2)), Image.Resampling.BICUBIC)
    width, height = picture.size
    edge = (width * 5 // 100, height * 6 // 100)
    return saved(turned.crop((*edge, width - edge[0], height - edge[1])), 85)


def _screenshot(picture: Image.Image, of: Random) -> Image.Image:
    """On a phone's screen, upright, with bars above and below."""
    screen = Image.new("RGB", (720, 1280), (12, 12, 14))
    small = picture.resize((720, 720 * picture.height // picture.width))
    screen.paste(small, (0, of.randint(250, 450)))
    draw = ImageDraw.Draw(screen)
    draw.rectangle((0, 0, 720, 60), (240, 240, 240))
    for x in range(60, 700, 160):
        draw.ellipse((x, 1180, x + 50, 1230), (200, 200, 200))
    return screen


def _off_a_screen(picture: Image.Image, of: Random) -> Image.Image:
    """Photographed from a screen: slanted, with moiré, a reflection and the camera's own noise."""
    width, height = picture.size
    slant = [of.uniform(0, 0.03) for _ in range(8)]
    corners = (
        -slant[0] * width, -slant[1] * height, -slant[2] * width, height * (1 + slant[3]),
        width * (1 + slant[4]), height * (1 + slant[5]), width * (1 + slant[6]), -slant[7] * height,
    )  # fmt: skip
    seen = picture.transform(
        (width, height), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC
    )
    stripes = Image.new("L", (width, height), 255)
    draw, apart = ImageDraw.Draw(stripes), of.uniform(4, 9)
    for number in range(int(2 * width / apart)):
        x = number * apart
        draw.line((x, 0, x - height * 0.3, height), 215, 2)
    seen = ImageChops.multiply(seen, Image.merge("RGB", (stripes.filter(ImageFilter.BLUR),) * 3))
    glare = Image.radial_gradient("L").resize((width, height)).point(lambda each: (255 - each) // 5)
    seen = ImageChops.add(seen, Image.merge("RGB", (glare,) * 3))
    return saved(seen.filter(ImageFilter.GaussianBlur(1)), 80)


def _brighter(picture: Image.Image, of: Random) -> Image.Image:
    lit = ImageEnhance.Brightness(picture).enhance(of.choice((0.7, 1.35)))
    return saved(ImageEnhance.Contrast(lit).enhance(of.choice((0.8, 1.2))), 85)


def _all_at_once(picture: Image.Image, of: Random) -> Image.Image:
    """Cropped by ten in a hundred, brightened, made smaller and saved badly."""
    small = _brighter(cropped(picture, of, 10), of)
    return saved(small.resize((480, 480 * small.height // small.width)), 50)


ATTACKS: dict[str, Callable[[Image.Image, Random], Image.Image]] = {
    "recompressed, quality 60": lambda picture, _: saved(picture, 60),
    "recompressed, quality 30": lambda picture, _: saved(picture, 30),
    "cropped by 5 %": lambda picture, of: cropped(picture, of, 5),
    "cropped by 10 %": lambda picture, of: cropped(picture, of, 10),
    "cropped by 20 %": lambda picture, of: cropped(picture, of, 20),
    "cropped by 30 %": lambda picture, of: cropped(picture, of, 30),
    "resized to 40 %": lambda picture, _: saved(picture.resize((400, 300)), 80),
    "brightness and contrast": _brighter,
    "turned by 90°": lambda picture, _: picture.transpose(Image.Transpose.ROTATE_90),
    "turned by 2°, cut": _turned,
    "mirrored": lambda picture, _: picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    "cropped, brightened, small": _all_at_once,
    "screenshot with borders": _screenshot,
    "photographed off a screen": _off_a_screen,
}
