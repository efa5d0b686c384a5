//! Files for a public key, held to the `age` program: what we seal it opens, what it seals we open. Where it is not
//! installed, the recorded files that it has made are opened all the same.
#![cfg(feature = "crypto")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "tests start programs, say what they skip, and fail by panicking"
)]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use intake::vault::age::{AgeError, Identity, decrypt, encrypt, to_armor};

fn random() -> impl FnMut(&mut [u8]) {
    let mut next = 99_u8;
    move |bytes: &mut [u8]| {
        for byte in bytes {
            next = next.wrapping_mul(181).wrapping_add(7);
            *byte = next;
        }
    }
}

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("intake-age-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn has_age() -> bool {
    let found = Command::new("age").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if found.is_err() {
        eprintln!("skipped: the `age` program is not installed here (Debian: apt-get install age)");
    }
    found.is_ok()
}

#[test]
fn the_age_program_opens_what_we_seal_and_the_other_way_round() {
    if !has_age() {
        return;
    }
    let mut random = random();
    let folder = Folder::new("both");
    let identity = Identity::generate(&mut random);
    let key = folder.write("key.txt", identity.to_secret_text().as_bytes());
    for length in [0, 1, 1000, 65_536, 65_537, 200_000] {
        let plain = vec![b'x'; length];
        let sealed = encrypt(&[identity.recipient()], &plain, &mut random).unwrap();
        for file in [sealed.clone(), to_armor(&sealed).into_bytes()] {
            let path = folder.write("ours.age", &file);
            let opened =
                Command::new("age").arg("--decrypt").arg("-i").arg(&key).arg(&path).output().unwrap();
            assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
            assert_eq!(opened.stdout, plain, "{length} bytes");
        }
        let path = folder.write("plain", &plain);
        for armor in [false, true] {
            let mut command = Command::new("age");
            command.arg("-r").arg(identity.recipient().to_string());
            if armor {
                command.arg("--armor");
            }
            let sealed = command.arg(&path).output().unwrap();
            assert!(sealed.status.success(), "{}", String::from_utf8_lossy(&sealed.stderr));
            assert_eq!(decrypt(&identity, &sealed.stdout).unwrap().as_slice(), plain, "{length} bytes");
        }
    }
}

#[test]
fn a_file_that_the_age_program_has_made() {
    let identity: Identity = include_str!("data/age/key.txt").lines().last().unwrap().parse().unwrap();
    let sealed = include_bytes!("data/age/sealed.age");
    assert_eq!(decrypt(&identity, sealed).unwrap().as_slice(), "a worker's key, 家\n".as_bytes());
    let other = Identity::generate(&mut random());
    assert_eq!(decrypt(&other, sealed), Err(AgeError::NotForThisKey));
}

#[test]
fn a_station_answers_with_the_command_line() {
    let folder = Folder::new("station");
    let intake = || Command::new(env!("CARGO_BIN_EXE_intake"));
    let key = folder.0.join("station.key");
    let made = intake().args(["recover", "--new-key"]).arg(&key).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let station = String::from_utf8(made.stdout).unwrap();
    let again = intake().args(["recover", "--new-key"]).arg(&key).output().unwrap();
    assert_eq!(again.status.code(), Some(2), "a key must not be overwritten");

    let mut random = random();
    let once = Identity::generate(&mut random);
    let sealed = encrypt(&[station.trim().parse().unwrap()], &[7; 32], &mut random).unwrap();
    let request = serde_json::json!({
        "recovery_request": 1,
        "worker": "000102030405060708090a0b0c0d0e0f",
        "name": "Li",
        "station": station.trim(),
        "reply_to": once.recipient().to_string(),
        "sealed": to_armor(&sealed),
    });
    let request = folder.write("request.json", request.to_string().as_bytes());
    let answer = intake().arg("recover").arg(&request).arg("--key").arg(&key).output().unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&answer.stdout).unwrap();
    assert_eq!(decrypt(&once, answer["sealed"].as_str().unwrap().as_bytes()).unwrap().as_slice(), [7; 32]);

    let other = folder.write("other.key", Identity::generate(&mut random).to_secret_text().as_bytes());
    for (request, key, why) in [
        (&request, &other, "for another station"),
        (&other, &key, "no request"),
        (&request, &request, "no age key"),
    ] {
        let refused = intake().arg("recover").arg(request).arg("--key").arg(key).output().unwrap();
        let said = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(2), "{said}");
        assert!(said.contains(why), "{said}");
    }
}
