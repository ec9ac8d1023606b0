//! Where panels and page stand: rectangles for each layout, none of them empty.

use ratatui::layout::Rect;

/// A page column is at least so wide.
const LEAST_PAGE: u16 = 40;
/// A panel below the page has at least so many rows.
const LEAST_PANEL: u16 = 9;

/// Where panels and page stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The main panel.
    pub main: Rect,
    /// The panels beside it, in their order.
    pub beside: Vec<Rect>,
    pub page: Rect,
}

/// How wide the page is where it has a column of its own.
pub fn page_column(width: u16) -> u16 {
    (width / 3).max(LEAST_PAGE)
}

/// How many rows the page may take in its column, with or without a panel below it.
pub fn most_page_rows(body: Rect, beside: usize) -> u16 {
    if beside == 0 { body.height } else { body.height.saturating_sub(LEAST_PANEL) }
}

/// The main panel, up to three beside it, and the page in a column of its own on the right; the last panel stands below
/// the page, so that no place stays empty.
///
/// ```text
/// none beside          one                  two                      three
/// +-main----+-page-+   +-main----+-page-+   +-main-+-1----+-page-+   +-main-+-1----+-page-+
/// |         |      |   |         |      |   |      |      |      |   |      |      |      |
/// |         |      |   |         +-1----+   |      |      +-2----+   |      +-2----+-3----+
/// |         |      |   |         |      |   |      |      |      |   |      |      |      |
/// +---------+------+   +---------+------+   +------+------+------+   +------+------+------+
/// ```
pub fn wide(body: Rect, beside: usize, (page_width, page_rows): (u16, u16)) -> Places {
    let right = Rect { x: body.right() - page_width, width: page_width, ..body };
    let rest = body.width - page_width;
    let page = Rect { height: if beside == 0 { body.height } else { page_rows }, ..right };
    let below = Rect { y: page.bottom(), height: body.height - page.height, ..right };
    let main = |width: u16| Rect { width, ..body };
    if beside < 2 {
        return Places { main: main(rest), beside: vec![below; beside], page };
    }
    let main = main(rest / 2);
    let middle = Rect { x: main.right(), width: rest - main.width, ..body };
    let mut places = if beside == 2 { vec![middle] } else { halves(middle).to_vec() };
    places.push(below);
    Places { main, beside: places, page }
}

/// Two maps of the same size, and the page in a column of its own.
///
/// ```text
/// +-main------+-beside----+-page-+
/// |           |           |      |
/// +-----------+-----------+------+
/// ```
pub fn two_maps(body: Rect, page_width: u16) -> Places {
    let page = Rect { x: body.right() - page_width, width: page_width, ..body };
    narrow(Rect { width: body.width - page_width, ..body }, 1, page)
}

/// The main panel alone, or with one beside it; the page stands elsewhere.
///
/// ```text
/// +-main----------------+   +-main-----+-beside---+
/// |                     |   |          |          |
/// +---------------------+   +----------+----------+
/// ```
pub fn narrow(body: Rect, beside: usize, page: Rect) -> Places {
    if beside == 0 {
        return Places { main: body, beside: Vec::new(), page };
    }
    let main = Rect { width: body.width / 2, ..body };
    Places { main, beside: vec![Rect { x: main.right(), width: body.width - main.width, ..body }], page }
}

fn halves(area: Rect) -> [Rect; 2] {
    let upper = Rect { height: area.height / 2, ..area };
    [upper, Rect { y: upper.bottom(), height: area.height - upper.height, ..area }]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every cell of the body belongs to exactly one place.
    #[test]
    fn nothing_overlaps_and_nothing_stays_empty() {
        for (width, height) in [(120, 33), (121, 40), (160, 50), (201, 60)] {
            let body = Rect::new(0, 1, width, height);
            for beside in 0..=3 {
                for rows in [3, 9, height - LEAST_PANEL] {
                    let places = wide(body, beside, (page_column(width), rows));
                    let all: Vec<Rect> = places.beside.iter().copied().chain([places.main, places.page]).collect();
                    assert_eq!(places.beside.len(), beside);
                    for cell in body.positions() {
                        let holders = all.iter().filter(|place| place.contains(cell)).count();
                        assert_eq!(holders, 1, "{width}×{height}, {beside} panels, page {rows}: {cell}");
                    }
                    assert!(all.iter().all(|place| place.width >= 40), "{all:?}");
                }
            }
            let Places { main, beside, page } = two_maps(body, page_column(width));
            assert!(main.width.abs_diff(beside[0].width) <= 1 && main.width >= 40 && main.height == height);
            assert_eq!((main.right(), beside[0].right(), page.right()), (beside[0].x, page.x, width));
        }
    }
}
