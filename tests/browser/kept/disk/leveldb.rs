//! The files of LevelDB, in which a browser keeps its databases: tables, whose blocks are compressed with Snappy, and
//! logs, whose records are cut up. `table_format.md` and `log_format.md` of LevelDB say how both are made.

/// The last bytes of a table.
const TABLE: [u8; 8] = 0xdb47_7524_8b80_fb57_u64.to_le_bytes();
const FOOTER_BYTES: usize = 48;
/// A log is made of blocks of this size.
const LOG_BLOCK: usize = 32 * 1024;
const RECORD_HEAD: usize = 7;
/// The head of a batch of writes: its sequence number and its count.
const BATCH_HEAD: usize = 12;
/// A value of IndexedDB can be compressed once more by the browser, after a few bytes of its own.
const MOST_BEFORE_SNAPPY: usize = 24;

/// All blocks of a table, unpacked, with every key whole and every value by itself.
pub(super) fn table(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let footer = bytes.len().checked_sub(FOOTER_BYTES).and_then(|place| bytes.get(place..));
    let Some(footer) = footer.filter(|footer| footer.ends_with(&TABLE)) else { return found };
    let mut at = 0;
    let (_metaindex, index) = (handle(footer, &mut at), handle(footer, &mut at));
    let Some(index) = index.and_then(|index| block(bytes, index)) else { return found };
    for (_, value) in entries(&index) {
        let Some(block) = handle(&value, &mut 0).and_then(|handle| block(bytes, handle)) else { continue };
        for (key, value) in entries(&block) {
            found.push(key);
            keep(value, &mut found);
        }
        found.push(block);
    }
    found
}

/// All records of a log, each put together from its parts, with every value by itself.
pub(super) fn log(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut record = Vec::new();
    for block in bytes.chunks(LOG_BLOCK) {
        let mut rest = block;
        while let Some((head, after)) = rest.split_first_chunk::<RECORD_HEAD>() {
            let length = usize::from(u16::from_le_bytes([head[4], head[5]]));
            let Some((part, after)) = after.split_at_checked(length) else { break };
            rest = after;
            record.extend_from_slice(part);
            // A whole record, or the last part of one.
            if matches!(head[6], 1 | 4) {
                for (key, value) in batch(&record) {
                    found.push(key);
                    keep(value, &mut found);
                }
                found.push(std::mem::take(&mut record));
            }
        }
    }
    found.push(record);
    found
}

/// Keeps a value, and what it holds if the browser has compressed it.
fn keep(value: Vec<u8>, found: &mut Vec<Vec<u8>>) {
    for place in 0..value.len().min(MOST_BEFORE_SNAPPY) {
        if let Ok(text) = snap::raw::Decoder::new().decompress_vec(&value[place..])
            && !text.is_empty()
        {
            found.push(text);
        }
    }
    found.push(value);
}

/// The writes of a batch.
fn batch(record: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut found = Vec::new();
    let mut at = BATCH_HEAD;
    while let Some(tag) = record.get(at) {
        at += 1;
        let Some(key) = sized(record, &mut at) else { break };
        let value = if *tag == 1 { sized(record, &mut at) } else { Some(Vec::new()) };
        let Some(value) = value else { break };
        found.push((key, value));
    }
    found
}

/// The entries of a block: a key says only how it differs from the one before.
fn entries(block: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut found: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    let Some(count) = block.last_chunk::<4>().map(|count| u32::from_le_bytes(*count) as usize) else {
        return found;
    };
    let Some(end) = block.len().checked_sub((count + 1) * 4) else { return found };
    let mut at = 0;
    let mut key: Vec<u8> = Vec::new();
    while at < end {
        let sizes = [varint(block, &mut at), varint(block, &mut at), varint(block, &mut at)];
        let [Some(shared), Some(own), Some(length)] = sizes else { break };
        key.truncate(shared);
        let Some(rest) = block.get(at..at + own) else { break };
        key.extend_from_slice(rest);
        at += own;
        let Some(value) = block.get(at..at + length) else { break };
        at += length;
        found.push((key.clone(), value.to_vec()));
    }
    found
}

/// A block, unpacked.
fn block(bytes: &[u8], (offset, size): (usize, usize)) -> Option<Vec<u8>> {
    let content = bytes.get(offset..offset + size)?;
    match bytes.get(offset + size)? {
        0 => Some(content.to_vec()),
        1 => snap::raw::Decoder::new().decompress_vec(content).ok(),
        other => panic!("blocks of LevelDB are compressed in a way that is not known here: {other}"),
    }
}

/// Where a block stands.
fn handle(bytes: &[u8], at: &mut usize) -> Option<(usize, usize)> {
    Some((varint(bytes, at)?, varint(bytes, at)?))
}

fn sized(bytes: &[u8], at: &mut usize) -> Option<Vec<u8>> {
    let length = varint(bytes, at)?;
    let found = bytes.get(*at..at.checked_add(length)?)?;
    *at += length;
    Some(found.to_vec())
}

fn varint(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return usize::try_from(value).ok();
        }
    }
    None
}
