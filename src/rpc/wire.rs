//! The wire format of protobuf, as much of it as is wanted here: fields in, fields out.
//!
//! Descriptors are looked at and changed as bytes, and go to a plugin byte for byte, since decoding them would lose custom
//! options; and what a plugin answers may be anything.
//!
//! Source of the rules: protobuf.dev/programming-guides/encoding.

use prost::encoding::{DecodeContext, WireType, decode_key, decode_varint, encode_key, encode_varint, skip_field};

/// The number of `dependency` in a file's descriptor.
pub(crate) const DEPENDENCY: u32 = 3;

/// A field of an encoded message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Field<'a> {
    pub(crate) number: u32,
    pub(crate) value: Value<'a>,
    /// Its key and its value.
    pub(crate) whole: &'a [u8],
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    /// A number, a boolean, an enum.
    Number(u64),
    /// Text, bytes, a message.
    Bytes(&'a [u8]),
    /// Of a kind that no field read here has.
    Other,
}

impl<'a> Value<'a> {
    pub(crate) fn number(self) -> Option<u64> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    pub(crate) fn bytes(self) -> Option<&'a [u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    pub(crate) fn text(self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }
}

/// The fields of a message in their order; `None` where the bytes are no message.
pub(crate) fn fields(message: &[u8]) -> Option<Vec<Field<'_>>> {
    let (mut rest, mut all) = (message, Vec::new());
    while !rest.is_empty() {
        let start = rest;
        let (number, kind) = decode_key(&mut rest).ok()?;
        let value = match kind {
            WireType::Varint => Value::Number(decode_varint(&mut rest).ok()?),
            WireType::LengthDelimited => {
                let length = usize::try_from(decode_varint(&mut rest).ok()?).ok()?;
                let (bytes, behind) = rest.split_at_checked(length)?;
                rest = behind;
                Value::Bytes(bytes)
            }
            _ => skip_field(kind, number, &mut rest, DecodeContext::default()).map(|()| Value::Other).ok()?,
        };
        all.push(Field { number, value, whole: start.get(..start.len() - rest.len())? });
    }
    Some(all)
}

/// A message with no more of its fields than are wanted.
pub(crate) fn kept(message: &[u8], wanted: impl FnMut(&Field<'_>) -> bool) -> Option<Vec<u8>> {
    Some(fields(message)?.into_iter().filter(wanted).flat_map(|field| field.whole.iter().copied()).collect())
}

/// A message with no more than the first `count` of the fields with that number.
pub(crate) fn first(message: &[u8], number: u32, count: usize) -> Option<Vec<u8>> {
    let mut seen = 0;
    kept(message, |field| {
        seen += usize::from(field.number == number);
        field.number != number || seen <= count
    })
}

/// Appends a number.
pub(crate) fn put_number(out: &mut Vec<u8>, field: u32, value: u64) {
    encode_key(field, WireType::Varint, out);
    encode_varint(value, out);
}

/// Appends text, bytes or a message.
pub(crate) fn put_bytes(out: &mut Vec<u8>, field: u32, bytes: &[u8]) {
    encode_key(field, WireType::LengthDelimited, out);
    encode_varint(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use prost::Message;
    use prost_types::FileDescriptorProto;

    fn values(message: &[u8]) -> Option<Vec<(u32, Value<'_>)>> {
        Some(fields(message)?.into_iter().map(|field| (field.number, field.value)).collect())
    }

    #[test]
    fn what_is_written_is_read_again() {
        let long = "x".repeat(300);
        let mut out = Vec::new();
        put_bytes(&mut out, 1, b"a");
        put_number(&mut out, 2, u64::MAX);
        put_bytes(&mut out, 15, long.as_bytes());
        put_number(&mut out, 3, 0);
        let expected = [(1, Value::Bytes(b"a")), (2, Value::Number(u64::MAX)), (15, Value::Bytes(long.as_bytes())), (3, Value::Number(0))];
        assert_eq!(values(&out).unwrap(), expected);
        assert_eq!(kept(&out, |_| true).unwrap(), out);
    }

    #[test]
    fn what_is_no_message_is_none() {
        for bytes in [
            &b"\x0a\x02a"[..],
            b"\x0a",
            b"\x00\x00",
            b"\x0b",
            b"\xff",
            b"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02",
            b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
            b"panic: runtime error",
        ] {
            assert_eq!(fields(bytes), None, "{bytes:?}");
        }
        // Numbers of a fixed size, and a group.
        assert_eq!(values(b"\x0d1234\x0912345678\x0b\x10\x01\x0c"), Some(vec![(1, Value::Other); 3]));
    }

    #[test]
    fn later_fields_of_a_number_can_be_left_out() {
        let names = |count: usize| (0..count).map(|at| format!("{at}.proto")).collect();
        let file = |count| FileDescriptorProto {
            name: Some("a".into()),
            dependency: names(count),
            public_dependency: vec![1],
            ..Default::default()
        };
        assert_eq!(first(&file(3).encode_to_vec(), 3, 2).unwrap(), file(2).encode_to_vec());
    }
}
