//! Twenty thousand frames of lessons tame and wild, at sizes down to nothing, after keys at random: none breaks. How long
//! each takes is measured by `cargo bench --bench screens`.

use crate::frames;

use downhill::app::look::appearance::Glyphs;
use downhill::view::screen::regions;
use ratatui::buffer::Buffer;

#[test]
fn no_frame_breaks() {
    let mut count = 0;
    frames::walk(|session, viewer, memo, area| {
        let mut cells = Buffer::empty(area);
        regions::draw(session, viewer, memo, &mut cells);
        let is_plain = viewer.look.glyphs == Glyphs::Ascii;
        for cell in cells.content() {
            let symbol = cell.symbol();
            assert!(!symbol.contains(char::is_control), "{symbol:?}");
            assert!(!is_plain || symbol.is_ascii(), "{symbol:?} in ASCII");
        }
        count += 1;
    });
    assert_eq!(count, frames::FRAMES);
}
