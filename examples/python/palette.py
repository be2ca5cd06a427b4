SHADES = " .·:-=+*#%@"
"""From the deep sky to the brightest star."""


def shade(brightness: float) -> str:
    """The shade for a brightness between 0 and 1."""
    return SHADES[min(len(SHADES) - 1, int(brightness * len(SHADES)))]
