//! What is kept on a tablet, damaged in every way that a disk, a power cut or a hand can: every byte of every kind of
//! piece, and every step of packing.
#![cfg(feature = "crypto")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "tests fail by panicking, and say how much they tried"
)]

#[allow(dead_code, reason = "the tests in a browser open whole drafts with it")]
#[path = "support/sealing.rs"]
mod sealing;

use std::collections::BTreeMap;

use intake::vault::lines::{pack_text, packs};
use intake::vault::{Id, Kind, Lines, Place, chunks};
use sealing::Key;

const DRAFT: Id = Id([7; 16]);
const OTHER: Id = Id([8; 16]);

fn key() -> Key {
    Key::new(&[42; 32])
}

fn nonce(number: u64) -> [u8; 12] {
    let mut nonce = [3; 12];
    nonce[..8].copy_from_slice(&number.to_be_bytes());
    nonce
}

/// A piece of every kind, as the keeper makes them.
fn pieces() -> Vec<(Place, Vec<u8>)> {
    let attachment = chunks::split(&[0x5a; 300]).next().unwrap();
    let entry = |number| Place::numbered(Kind::Entry, DRAFT, number);
    vec![
        (Place::only(Kind::WorkerKey, OTHER), vec![1; 32]),
        (Place::only(Kind::Identity, OTHER), b"AGE-SECRET-KEY-1".to_vec()),
        (Place { kind: Kind::DraftKey, of: DRAFT, part: OTHER, number: 0 }, vec![2; 32]),
        (entry(0), br#"{"journal_version":1}"#.to_vec()),
        (entry(41), r#"{"seq":41,"do":"answer","value":"罕禳"}"#.as_bytes().to_vec()),
        (entry(u64::MAX), br#"{"seq":42,"do":"snapshot","said":{}}"#.to_vec()),
        (Place::numbered(Kind::Pack, DRAFT, 300), br#"["{}","{}"]"#.to_vec()),
        (Place::only(Kind::Head, DRAFT), br#"{"form":"elder-needs"}"#.to_vec()),
        (Place { kind: Kind::Chunk, of: DRAFT, part: OTHER, number: 0 }, attachment),
        (Place::only(Kind::Profile, DRAFT), br#"{"profile_version":1}"#.to_vec()),
        (Place { kind: Kind::Item, of: OTHER, part: Id::NONE, number: 7 }, b"2026-11-26".to_vec()),
        (Place::only(Kind::Backup, OTHER), vec![9; 32]),
        (Place::only(Kind::Audit, OTHER), b"{}".to_vec()),
        (Place::only(Kind::Public, OTHER), b"age1".to_vec()),
    ]
}

#[test]
fn every_bit_of_every_kind_of_piece_is_vouched_for() {
    let key = key();
    let mut tried = 0;
    for (place, plain) in pieces() {
        let sealed = key.seal(place, nonce(place.number), &plain);
        assert_eq!(key.open(place, &sealed).as_ref(), Some(&plain), "{place:?}");
        for byte in 0..sealed.len() {
            for bit in 0..8 {
                let mut changed = sealed.clone();
                changed[byte] ^= 1 << bit;
                assert_eq!(key.open(place, &changed), None, "{place:?}, byte {byte}, bit {bit}");
                tried += 1;
            }
            assert_eq!(key.open(place, &sealed[..byte]), None, "{place:?}, cut off at {byte}");
        }
        let longer = [sealed.clone(), vec![0]].concat();
        assert_eq!(key.open(place, &longer), None, "{place:?}, with a byte more");
        assert_eq!(Key::new(&[43; 32]).open(place, &sealed), None, "{place:?}, by another's key");
    }
    assert_eq!(pieces().len(), Kind::ALL.len() + 2, "a kind is left out");
    eprintln!("{tried} changed bits, each noticed");
}

#[test]
fn no_piece_opens_in_the_place_of_another() {
    let key = key();
    let sealed: Vec<(Place, Vec<u8>)> =
        pieces().into_iter().map(|(place, plain)| (place, key.seal(place, nonce(1), &plain))).collect();
    for (place, _) in &sealed {
        let others = [
            Place { of: Id([9; 16]), ..*place },
            Place { part: Id([9; 16]), ..*place },
            Place { number: place.number.wrapping_add(1), ..*place },
        ];
        for (from, bytes) in &sealed {
            assert_eq!(key.open(*place, bytes).is_some(), from == place, "{from:?} as {place:?}");
            if from == place {
                assert!(others.iter().all(|other| key.open(*other, bytes).is_none()), "{place:?}");
            }
        }
    }
}

/// A database: what stands under a key of a store.
type Disk = BTreeMap<(&'static str, u64), Vec<u8>>;

/// One change, as the keeper asks for them.
enum Change {
    Put(&'static str, u64, Vec<u8>),
    Remove(&'static str, u64),
}

fn line(number: u64, snapshot: bool) -> String {
    let what = if snapshot { "snapshot" } else { "answer" };
    format!(r#"{{"seq":{number},"do":"{what}"}}"#)
}

/// A draft of so many lines, the last but one of which is a snapshot.
fn draft(key: &Key, length: u64) -> (Disk, Vec<(u64, String)>) {
    let lines: Vec<(u64, String)> =
        (0..length).map(|number| (number, line(number, number + 2 == length))).collect();
    let sealed = |(number, line): &(u64, String)| {
        let place = Place::numbered(Kind::Entry, DRAFT, *number);
        (("entries", *number), key.seal(place, nonce(*number), line.as_bytes()))
    };
    (lines.iter().map(sealed).collect(), lines)
}

/// What packing asks the database to do, in its order: one step for each pack.
fn packing(key: &Key, lines: &[(u64, String)]) -> Vec<Vec<Change>> {
    let step = |pack: &[(u64, String)]| {
        let (last, _) = pack.last().unwrap();
        let place = Place::numbered(Kind::Pack, DRAFT, *last);
        let sealed = key.seal(place, nonce(1 << 32 | *last), &pack_text(pack).unwrap());
        let mut changes = vec![Change::Put("packs", *last, sealed)];
        changes.extend(pack.iter().map(|(number, _)| Change::Remove("entries", *number)));
        changes
    };
    packs(lines).into_iter().map(step).collect()
}

/// The lines that can be read, as the keeper reads them.
fn read(key: &Key, disk: &Disk) -> Lines {
    let mut lines = Lines::default();
    for ((_, _), bytes) in disk.iter().filter(|((store, _), _)| *store == "packs") {
        if let Some((last, text)) = key.open_numbered(Kind::Pack, DRAFT, bytes) {
            lines.add_pack(last, &text);
        }
    }
    for ((_, _), bytes) in disk.iter().filter(|((store, _), _)| *store == "entries") {
        if let Some((number, line)) = key.open_numbered(Kind::Entry, DRAFT, bytes) {
            lines.add(number, line);
        }
    }
    lines
}

#[test]
fn every_changed_byte_of_a_draft_costs_its_own_piece_and_names_it() {
    let key = key();
    let (mut disk, lines) = draft(&key, 60);
    for change in packing(&key, &lines).into_iter().flatten() {
        carry_out(&mut disk, change);
    }
    let whole = read(&key, &disk);
    assert_eq!(whole.missing(60), Vec::<u64>::new());
    // The lines that each piece holds: what is lost with it, and nothing else.
    let pieces: Vec<(&'static str, u64)> = disk.keys().copied().collect();
    let mut tried = 0;
    for piece in pieces {
        let bytes = disk.remove(&piece).unwrap();
        let without = read(&key, &disk);
        let lost = without.missing(60);
        assert!(lost == [piece.1] || piece.0 == "packs" && lost.last() == Some(&piece.1), "{piece:?}");
        assert!(without.iter().all(|(number, line)| whole.get(number) == Some(line)));
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 0x10;
            let kind = if piece.0 == "packs" { Kind::Pack } else { Kind::Entry };
            // It opens as nothing, so that what is left is what was left without it.
            assert_eq!(key.open_numbered(kind, DRAFT, &changed), None, "{piece:?}, byte {place}");
            tried += 1;
        }
        disk.insert(piece, bytes);
    }
    eprintln!("{tried} bytes of a draft of 60 lines changed, each noticed");
}

fn carry_out(disk: &mut Disk, change: Change) {
    match change {
        Change::Put(store, number, bytes) => drop(disk.insert((store, number), bytes)),
        Change::Remove(store, number) => drop(disk.remove(&(store, number))),
    }
}

#[test]
fn packing_that_ends_at_any_moment_loses_nothing() {
    let key = key();
    let (disk, lines) = draft(&key, 450);
    let steps = packing(&key, &lines);
    assert_eq!(steps.len(), 3);
    let changes: Vec<Change> = steps.into_iter().flatten().collect();
    let mut now = disk;
    let mut tried = 0;
    for (done, change) in changes.into_iter().enumerate() {
        // The power goes while the change is written: the value is there in part, or not at all. Removing is one bit.
        if let Change::Put(store, number, bytes) = &change {
            for length in (0..bytes.len()).step_by(97) {
                now.insert((*store, *number), bytes[..length].to_vec());
                assert!(read(&key, &now).missing(450).is_empty(), "change {done} cut off at {length}");
                now.remove(&(*store, *number));
                tried += 1;
            }
        }
        carry_out(&mut now, change);
        // Reading all of it costs as much as the draft is long: every tenth change, and all near the ends of steps.
        if done % 10 == 0 || done < 5 {
            let lines = read(&key, &now);
            assert!(lines.missing(450).is_empty(), "after change {done}");
            tried += 1;
        }
    }
    let read = read(&key, &now);
    assert!(lines.iter().all(|(number, line)| read.get(*number) == Some(line.as_str())));
    assert_eq!(now.keys().filter(|(store, _)| *store == "entries").count(), 5);
    eprintln!("packing ended at {tried} moments, nothing lost");
}

#[test]
fn an_attachment_is_whole_or_not_there() {
    let key = key();
    let bytes: Vec<u8> = (0..chunks::CHUNK_BYTES + 900).map(|place| place.to_le_bytes()[0]).collect();
    let place = |number| Place { kind: Kind::Chunk, of: DRAFT, part: OTHER, number };
    let sealed: Vec<Vec<u8>> = (0..)
        .zip(chunks::split(&bytes))
        .map(|(number, piece)| key.seal(place(number), nonce(number), &piece))
        .collect();
    let open = |sealed: &[Vec<u8>]| -> Option<Vec<u8>> {
        let pieces = (0..).zip(sealed).map(|(number, piece)| key.open(place(number), piece));
        chunks::join(&pieces.collect::<Option<Vec<_>>>()?)
    };
    assert_eq!(open(&sealed).as_ref(), Some(&bytes));
    assert_eq!(open(&sealed[..1]), None, "its end is missing");
    let swapped = [sealed[1].clone(), sealed[0].clone()];
    assert_eq!(open(&swapped), None);
    for byte in 0..sealed[1].len() {
        let mut changed = sealed[1].clone();
        changed[byte] ^= 4;
        assert_eq!(key.open(place(1), &changed), None, "byte {byte}");
    }
}
