//! The table of sizes.

use std::fmt;

/// A file: sizes in bytes, and whether a first visit loads it.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    pub(super) address: &'a str,
    pub(super) plain: usize,
    pub(super) brotli: Option<usize>,
    pub(super) gzip: Option<usize>,
    pub(super) first: bool,
}

/// All files; `Display` draws the table.
#[derive(Debug, Default)]
pub(super) struct Sizes<'a> {
    rows: Vec<Row<'a>>,
}

impl<'a> Sizes<'a> {
    pub(super) fn add(&mut self, row: Row<'a>) {
        self.rows.push(row);
    }

    /// What a first visit costs, in bytes after Brotli.
    pub(super) fn first_load(&self) -> usize {
        self.rows.iter().filter(|row| row.first).map(|row| row.brotli.unwrap_or(row.plain)).sum()
    }
}

impl fmt::Display for Sizes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.rows.iter().map(|row| row.address.len()).max().unwrap_or(0).max("file".len());
        writeln!(f, "{:width$}  {:>9}  {:>9}  {:>9}", "file", "kB", "gzip", "brotli")?;
        for row in &self.rows {
            let mark = if row.first { "  first load" } else { "" };
            let or_dash = |size: Option<usize>| size.map_or_else(|| "-".to_owned(), kilobytes);
            let (plain, gzip, brotli) = (kilobytes(row.plain), or_dash(row.gzip), or_dash(row.brotli));
            writeln!(f, "{:width$}  {plain:>9}  {gzip:>9}  {brotli:>9}{mark}", row.address)?;
        }
        Ok(())
    }
}

/// Thousands of bytes, to one decimal.
pub(super) fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::{Row, Sizes};

    #[test]
    fn the_table_and_its_sum() {
        let mut sizes = Sizes::default();
        sizes.add(Row {
            address: "a.js",
            plain: 12_345,
            brotli: Some(2_000),
            gzip: Some(2_501),
            first: true,
        });
        sizes.add(Row { address: "logo.png", plain: 100, brotli: None, gzip: None, first: true });
        sizes.add(Row {
            address: "worker.js",
            plain: 5_000,
            brotli: Some(900),
            gzip: Some(1_000),
            first: false,
        });
        assert_eq!(sizes.first_load(), 2_100);
        assert_eq!(
            sizes.to_string(),
            "file              kB       gzip     brotli\n\
             a.js            12.4        2.6        2.0  first load\n\
             logo.png         0.1          -          -  first load\n\
             worker.js        5.0        1.0        0.9\n"
        );
    }
}
