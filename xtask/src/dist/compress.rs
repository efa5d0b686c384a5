//! The compressed forms that servers send in a file's place.

use std::io::Write;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::site::places;

/// A form that browsers accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Brotli,
    Gzip,
}

impl Format {
    pub(super) const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// What is put behind the name of the file.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }

    /// Compresses as hard as the format can.
    pub(super) fn compress(self, bytes: &[u8]) -> Result<Vec<u8>> {
        let mut compressed = Vec::new();
        match self {
            Self::Brotli => {
                let parameters = BrotliEncoderParams {
                    quality: 11,
                    lgwin: 22,
                    size_hint: bytes.len(),
                    ..Default::default()
                };
                brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
            }
            Self::Gzip => {
                let mut encoder = GzEncoder::new(&mut compressed, Compression::new(9));
                encoder.write_all(bytes)?;
                encoder.finish()?;
            }
        }
        Ok(compressed)
    }
}

/// Whether a kind of file is text or code; pictures and fonts are compressed already. What whoever runs the site may change
/// stays as it is: a compressed form beside it would go on being served.
pub(super) fn pays(address: &str) -> bool {
    if places::is_own(address) {
        return false;
    }
    const ENDINGS: [&str; 8] = ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];
    address.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::{Format, pays};
    use std::io::Read;

    #[test]
    fn what_is_compressed_can_be_read_again() {
        let text = "How are you today? ".repeat(500).into_bytes();
        let brotli = Format::Brotli.compress(&text).unwrap();
        let gzip = Format::Gzip.compress(&text).unwrap();
        assert!(brotli.len() < 200 && gzip.len() < 400);

        let mut read = Vec::new();
        brotli::BrotliDecompress(&mut brotli.as_slice(), &mut read).unwrap();
        assert_eq!(read, text);
        read.clear();
        flate2::read::GzDecoder::new(gzip.as_slice()).read_to_end(&mut read).unwrap();
        assert_eq!(read, text);
    }

    #[test]
    fn the_same_bytes_each_time() {
        for format in Format::ALL {
            assert_eq!(format.compress(b"abc").unwrap(), format.compress(b"abc").unwrap());
        }
    }

    #[test]
    fn pictures_are_left_alone() {
        assert!(pays("intake-web-0_bg.wasm") && pays("index.html"));
        assert!(!pays("icons/a.png") && !pays("a.woff2") && !pays("a.js.br") && !pays("LICENSE"));
    }
}
