//! The two tables of `src/README.md`.

/// Which folder may import which.
pub struct Table {
    rows: Vec<(String, Vec<String>)>,
}

/// Which libraries may be named where.
pub struct Libraries {
    rows: Vec<(Vec<String>, Vec<String>)>,
}

impl Table {
    pub fn read(page: &str) -> Self {
        let rows = rows(page, "| folder |");
        let rows = rows.into_iter().map(|mut cells| (names(&cells[0]).remove(0), names(&cells.remove(2))));
        Self { rows: rows.collect() }
    }

    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|(folder, _)| folder.as_str())
    }

    pub fn may_import(&self, folder: &str) -> impl Iterator<Item = &str> {
        let row = self.rows.iter().find(|(name, _)| name == folder);
        row.into_iter().flat_map(|(_, imports)| imports).map(String::as_str)
    }
}

impl Libraries {
    pub fn read(page: &str) -> Self {
        let rows = rows(page, "| library |");
        Self { rows: rows.into_iter().map(|cells| (names(&cells[0]), names(&cells[1]))).collect() }
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().flat_map(|(names, _)| names).map(String::as_str)
    }

    /// Where a library may be named; none if the table does not say.
    pub fn places(&self, library: &str) -> Option<&[String]> {
        let row = self.rows.iter().find(|(names, _)| names.iter().any(|name| name == library));
        row.map(|(_, places)| places.as_slice())
    }
}

/// The cells of a table, by how its head begins.
fn rows(page: &str, head: &str) -> Vec<Vec<String>> {
    let table =
        page.lines().skip_while(|line| !line.starts_with(head)).take_while(|line| line.starts_with('|'));
    let rows: Vec<Vec<String>> = table
        .skip(2)
        .map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect())
        .collect();
    assert!(!rows.is_empty(), "src/README.md has no table that begins with `{head}`");
    rows
}

/// What stands in backquotes.
fn names(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}
