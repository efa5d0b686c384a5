//! The icons of the installed app, drawn from the same lines as `www/icons/intake.svg`: no picture has to be kept in
//! step with another.

use std::io::Write;

use anyhow::Result;
use flate2::{Compression, Crc, write::ZlibEncoder};

use super::Site;

/// The size of the drawing, as the `viewBox` of the SVG.
const SIZE: f64 = 24.0;
/// How far the corners are rounded.
const CORNER: f64 = 5.0;
const PAPER: [u8; 3] = [0xe2, 0xef, 0xeb];
const INK: [u8; 3] = [0x1d, 0x5c, 0x58];
/// Half the width of a line.
const PEN: f64 = 1.0;

type Point = (f64, f64);

/// The sheet, the tick and the line.
const LINES: [(Point, Point); 7] = [
    ((5.0, 4.0), (19.0, 4.0)),
    ((19.0, 4.0), (19.0, 20.0)),
    ((19.0, 20.0), (5.0, 20.0)),
    ((5.0, 20.0), (5.0, 4.0)),
    ((8.5, 9.5), (10.0, 11.0)),
    ((10.0, 11.0), (13.0, 8.0)),
    ((8.5, 15.5), (15.5, 15.5)),
];

/// Adds them.
pub(super) fn add(site: &mut Site) -> Result<()> {
    for size in [192, 512] {
        site.add(&format!("icons/intake-{size}.png"), draw(size, 1.0)?);
    }
    // A launcher cuts this one to its own shape: the paper goes to the edge, the drawing stays within 80%.
    site.add("icons/intake-maskable-512.png", draw(512, 0.7)?);
    Ok(())
}

/// A PNG of the icon; `scale` below 1 leaves room around the drawing and fills the corners.
fn draw(size: u32, scale: f64) -> Result<Vec<u8>> {
    let mut rows = Vec::new();
    let step = SIZE / f64::from(size);
    let mid = SIZE / 2.0;
    for y in 0..size {
        // No filter: see the PNG specification, section 9.
        rows.push(0);
        for x in 0..size {
            let at = ((f64::from(x) + 0.5) * step, (f64::from(y) + 0.5) * step);
            let inside = if scale < 1.0 { 1.0 } else { cover(corner_distance(at), step) };
            let drawn = (mid + (at.0 - mid) / scale, mid + (at.1 - mid) / scale);
            let nearest = LINES.iter().map(|line| distance(drawn, *line)).fold(f64::INFINITY, f64::min);
            let ink = cover(nearest - PEN, step / scale);
            for (paper, ink_of) in PAPER.iter().zip(INK) {
                rows.push(byte(f64::from(*paper) * (1.0 - ink) + f64::from(ink_of) * ink));
            }
            rows.push(byte(255.0 * inside));
        }
    }
    png(size, &rows)
}

/// How much of a pixel lies inside, by its distance from the edge.
fn cover(distance: f64, pixel: f64) -> f64 {
    (0.5 - distance / pixel).clamp(0.0, 1.0)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is cut to the bounds of a byte"
)]
fn byte(value: f64) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

fn distance((x, y): Point, ((ax, ay), (bx, by)): (Point, Point)) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let along = (((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (x - ax - along * dx).hypot(y - ay - along * dy)
}

/// The distance from the rounded square, negative inside of it.
fn corner_distance((x, y): Point) -> f64 {
    let half = SIZE / 2.0;
    let (dx, dy) = ((x - half).abs() - half + CORNER, (y - half).abs() - half + CORNER);
    dx.max(0.0).hypot(dy.max(0.0)) + dx.max(dy).min(0.0) - CORNER
}

fn png(size: u32, rows: &[u8]) -> Result<Vec<u8>> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(rows)?;
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = [size.to_be_bytes(), size.to_be_bytes()].concat();
    // Eight bits of red, green, blue and opacity.
    head.extend([8, 6, 0, 0, 0]);
    chunk(&mut file, b"IHDR", &head)?;
    chunk(&mut file, b"IDAT", &packed.finish()?)?;
    chunk(&mut file, b"IEND", &[])?;
    Ok(file)
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) -> Result<()> {
    file.extend(u32::try_from(data.len())?.to_be_bytes());
    let mut sum = Crc::new();
    for part in [kind.as_slice(), data] {
        sum.update(part);
        file.extend(part);
    }
    file.extend(sum.sum().to_be_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{LINES, draw};

    #[test]
    fn the_lines_are_those_of_the_svg() {
        let svg = include_str!("../../../www/icons/intake.svg");
        assert!(svg.contains("M5 4h14v16H5z") && svg.contains("M8.500 9.500l1.500 1.500 3-3M8.500 15.500h7"));
        assert_eq!(LINES.len(), 7);
    }

    #[test]
    fn an_icon_is_a_png_of_its_size() {
        let icon = draw(24, 1.0).unwrap();
        assert!(icon.starts_with(b"\x89PNG\r\n\x1a\n"));
        assert_eq!(&icon[16..24], [0, 0, 0, 24, 0, 0, 0, 24]);
        assert!(icon.ends_with(b"IEND\xae\x42\x60\x82"));
    }
}
