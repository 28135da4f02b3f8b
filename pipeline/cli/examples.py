"""Examples at the end of a command's help."""


def examples(*lines: str) -> str:
    """The text for an epilog: one example a line, as they stand."""
    # Click keeps the line breaks of a paragraph that begins with a backspace.
    return "\b\n" + "\n".join(["Examples:", *(f"  {line}" for line in lines)])
