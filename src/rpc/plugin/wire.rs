//! The wire format of protobuf, as much of it as the plugins' protocol needs: fields in, fields out.
//!
//! By hand, since descriptors go to a plugin byte for byte, and since what a plugin answers may be anything.
//!
//! Source of the rules: protobuf.dev/programming-guides/encoding.

/// One field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// A number, a boolean, an enum.
    Number(u64),
    /// Text, bytes, a message.
    Bytes(&'a [u8]),
    /// Of a kind that no field read here has.
    Other,
}

impl<'a> Value<'a> {
    pub(super) fn number(self) -> Option<u64> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    pub(super) fn bytes(self) -> Option<&'a [u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    pub(super) fn text(self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }
}

/// The fields of a message in their order; `None` where the bytes are no message.
pub(super) fn fields(bytes: &[u8]) -> Option<Vec<(u64, Value<'_>)>> {
    let (mut rest, mut all) = (bytes, Vec::new());
    while !rest.is_empty() {
        let key = varint(&mut rest)?;
        let number = key >> 3;
        // Larger numbers than 2^29 - 1 are no fields.
        if number == 0 || number >> 29 != 0 {
            return None;
        }
        let value = match key & 7 {
            0 => Value::Number(varint(&mut rest)?),
            1 => take(&mut rest, 8).map(|_| Value::Other)?,
            2 => {
                let length = usize::try_from(varint(&mut rest)?).ok()?;
                Value::Bytes(take(&mut rest, length)?)
            }
            5 => take(&mut rest, 4).map(|_| Value::Other)?,
            // Groups: nothing that is read here has any.
            _ => return None,
        };
        all.push((number, value));
    }
    Some(all)
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    Some(taken)
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for at in 0..10 {
        let byte = *take(rest, 1)?.first()?;
        let bits = u64::from(byte & 0x7f);
        // The tenth byte holds the last bit alone.
        if at == 9 && bits > 1 {
            return None;
        }
        value |= bits << (7 * at);
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// Appends a number.
pub(super) fn put_number(out: &mut Vec<u8>, field: u64, value: u64) {
    put_varint(out, field << 3);
    put_varint(out, value);
}

/// Appends text, bytes or a message.
pub(super) fn put_bytes(out: &mut Vec<u8>, field: u64, bytes: &[u8]) {
    put_varint(out, field << 3 | 2);
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    loop {
        let bits = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            return out.push(bits);
        }
        out.push(bits | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let long = "x".repeat(300);
        let mut out = Vec::new();
        put_bytes(&mut out, 1, b"a");
        put_number(&mut out, 2, u64::MAX);
        put_bytes(&mut out, 15, long.as_bytes());
        put_number(&mut out, 3, 0);
        let read = fields(&out).unwrap();
        let expected = [(1, Value::Bytes(b"a")), (2, Value::Number(u64::MAX)), (15, Value::Bytes(long.as_bytes())), (3, Value::Number(0))];
        assert_eq!(read, expected);
    }

    #[test]
    fn what_is_no_message_is_none() {
        for bytes in [
            &b"\x0a\x02a"[..],
            b"\x0a",
            b"\x00\x00",
            b"\x0b",
            b"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02",
            b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
            b"panic: runtime error",
        ] {
            assert_eq!(fields(bytes), None, "{bytes:?}");
        }
        assert_eq!(fields(b"\x0d1234\x0912345678"), Some(vec![(1, Value::Other), (1, Value::Other)]));
    }
}
