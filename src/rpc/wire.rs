//! Encoded messages, field by field: descriptors are changed as bytes, since decoding them would lose custom options.

use prost::encoding::{WireType, decode_key, decode_varint};

/// The number of `dependency` in a file's descriptor.
pub(super) const DEPENDENCY: u32 = 3;

/// A field of an encoded message.
pub(super) struct Field<'a> {
    pub(super) number: u32,
    /// Its key and its value.
    pub(super) whole: &'a [u8],
    /// Its value, where that has a length; else nothing.
    pub(super) bytes: &'a [u8],
}

/// The fields of a message in their order; `None` where it is none.
pub(super) fn fields(message: &[u8]) -> Option<Vec<Field<'_>>> {
    let (mut rest, mut all) = (message, Vec::new());
    while !rest.is_empty() {
        let start = rest;
        let (number, kind) = decode_key(&mut rest).ok()?;
        let mut bytes = rest.get(..0)?;
        match kind {
            WireType::LengthDelimited => {
                let length = usize::try_from(decode_varint(&mut rest).ok()?).ok()?;
                (bytes, rest) = rest.split_at_checked(length)?;
            }
            WireType::Varint => drop(decode_varint(&mut rest).ok()?),
            WireType::SixtyFourBit => rest = rest.get(8..)?,
            WireType::ThirtyTwoBit => rest = rest.get(4..)?,
            // Nothing that is new enough to be asked of has groups.
            WireType::StartGroup | WireType::EndGroup => return None,
        }
        all.push(Field { number, whole: start.get(..start.len() - rest.len())?, bytes });
    }
    Some(all)
}

/// A message with no more than the first `count` of the fields with that number.
pub(super) fn first(message: &[u8], number: u32, count: usize) -> Option<Vec<u8>> {
    let mut seen = 0;
    let kept = fields(message)?.into_iter().filter(|field| {
        seen += usize::from(field.number == number);
        field.number != number || seen <= count
    });
    Some(kept.flat_map(|field| field.whole.iter().copied()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use prost::Message;
    use prost_types::FileDescriptorProto;

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
        assert!(fields(b"\x0a\x05abc").is_none());
        assert!(fields(b"\xff").is_none());
    }
}
