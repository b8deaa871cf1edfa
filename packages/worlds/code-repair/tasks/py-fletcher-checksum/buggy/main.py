"""Fletcher-16 checksums for small packets."""

MODULUS = 256


def fletcher16(data):
    """The two running sums packed in one integer, high byte second sum."""
    low = 0
    high = 0
    for byte in data:
        if not 0 <= byte <= 255:
            raise ValueError("not a byte: %d" % byte)
        low = (low + byte) % MODULUS
        high = (high + low) % MODULUS
    return (high << 8) | low


def check_bytes(data):
    """Two bytes which, put after the data, make both sums zero."""
    checksum = fletcher16(data)
    low = checksum & 0xFF
    high = checksum >> 8
    first = MODULUS - (low + high) % MODULUS
    second = MODULUS - (low + first) % MODULUS
    return [first, second]


def verify(packet):
    """True when the packet, which ends with its check bytes, is intact."""
    return len(packet) >= 2 and fletcher16(packet) == 0


def text_checksum(text):
    """Checksum of a text as four hex digits."""
    return format(fletcher16(text.encode("utf-8")), "04x")
