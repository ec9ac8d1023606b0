//! Which panel goes where, for the size at hand.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::footer;
use crate::app::session::Session;
use crate::app::sitting::Sitting;
use crate::app::viewer::{Layer, Viewer};
use crate::lesson::markup;
use crate::lesson::schema::Panel;
use crate::view::map::Sight;
use crate::view::memo::Memo;
use crate::view::page::{self, Content};
use crate::view::plot::{put, shorten};
use crate::view::story;
use crate::view::theme::{Ink, Theme};
use crate::view::{convergence, eigen, help, home, keys, line_search, map, numbers, settings, timeline, work};

/// Draws everything that one viewer sees; says where the cursor rests, if it is to be seen.
pub fn draw(session: &Session, viewer: &Viewer, memo: &mut Memo, cells: &mut Buffer) -> Option<(u16, u16)> {
    let theme = Theme::of(viewer.look);
    let area = cells.area;
    if area.width == 0 || area.height == 0 {
        return None;
    }
    if let Layer::Help(top) = viewer.layer {
        let (body, foot) = split_last(area);
        help::draw(top, theme, body, cells);
        keys::draw(&footer::footer(session, viewer), theme, foot, cells);
        return None;
    }
    match &session.sitting {
        None => {
            let (body, foot) = split_last(area);
            home::draw(session, theme, body, cells);
            match &viewer.notice {
                Some(notice) => {
                    put(&format!(" {notice}"), Ink::Warning, (foot.x, foot.y), foot.width, theme, cells);
                }
                None => keys::draw(&footer::footer(session, viewer), theme, foot, cells),
            }
            None
        }
        Some(sitting) => Stage { session, sitting, viewer, theme }.draw(area, memo, cells),
    }
}

fn split_last(area: Rect) -> (Rect, Rect) {
    let body = Rect { height: area.height - 1, ..area };
    (body, Rect { y: area.bottom() - 1, height: 1, ..area })
}

/// A lesson, a viewer and a theme: all that the layout needs.
struct Stage<'a> {
    session: &'a Session,
    sitting: &'a Sitting,
    viewer: &'a Viewer,
    theme: Theme,
}

/// The rows of the story: one for what was done and one for what is next; on a narrow screen what was done takes two.
fn story_rows(area: Rect) -> u16 {
    if area.width < 72 { 3 } else { 2 }
}

/// A map of fewer rows shows nothing.
const LEAST_MAP_ROWS: u16 = 6;

impl Stage<'_> {
    fn draw(&self, area: Rect, memo: &mut Memo, cells: &mut Buffer) -> Option<(u16, u16)> {
        if area.width < 40 || area.height < 12 {
            self.smallest(area, cells);
            return None;
        }
        let is_wide = area.width >= 120 && area.height >= 36;
        let page_width = if is_wide { area.width * 11 / 20 } else { area.width };
        let content = page::content(self.sitting, self.viewer, self.theme, usize::from(page_width.saturating_sub(4)));
        let page_rows = self.page_rows(&content, area);
        self.title(Rect { height: 1, ..area }, cells);
        let foot = area.bottom() - 1;
        self.footer(Rect { y: foot, height: 1, ..area }, cells);
        // While a question is open the timeline hides.
        if let Some(progress) = self.session.progress() {
            work::draw(&progress, self.theme, Rect { y: foot - 1, height: 1, ..area }, cells);
        } else if self.sitting.open_question().is_none() {
            timeline::draw(self.sitting, self.theme, Rect { y: foot - 1, height: 1, ..area }, cells);
        }
        let story_y = if is_wide { foot - 1 - story_rows(area) } else { foot - 1 - page_rows - story_rows(area) };
        self.story(Rect { y: story_y, height: story_rows(area), ..area }, cells);
        let body = Rect { y: area.y + 1, height: story_y - area.y - 1, ..area };
        let page_area = if is_wide {
            let height = page_rows.min(body.height / 3);
            Rect { y: body.bottom() - height, height, width: page_width, ..body }
        } else {
            Rect { y: story_y + story_rows(area), height: page_rows, ..area }
        };
        if is_wide {
            self.wide_body(body, page_area, memo, cells);
        } else {
            self.body(body, memo, cells);
        }
        if let Layer::Settings(draft) = &self.viewer.layer {
            return settings::draw(draft, self.theme, page_area, cells);
        }
        page::draw(&content, self.theme, page_area, cells);
        None
    }

    fn page_rows(&self, content: &Content, area: Rect) -> u16 {
        let lines = match &self.viewer.layer {
            Layer::Settings(draft) => draft.fields.len().min(8),
            _ => content.lines.len(),
        };
        let around = 1 + story_rows(area) + 1 + 1;
        let least = match area.height {
            ..16 if content.keeps_end => 0,
            ..18 => LEAST_MAP_ROWS / 2,
            _ => LEAST_MAP_ROWS,
        };
        let room = area.height.saturating_sub(around + least);
        (lines as u16 + 2).clamp(3, room.max(3))
    }

    fn title(&self, area: Rect, cells: &mut Buffer) {
        let sitting = self.sitting;
        let run = sitting.cast.names[0].as_str();
        let mut right =
            format!("page {}/{}   {run}  t={} ", sitting.page + 1, sitting.lesson.pages.len(), sitting.cursor.t);
        if sitting.is_unlocked {
            right = format!("unlocked   {right}");
        }
        if sitting.detour.is_some() {
            right = format!("proof (Esc returns)   {run}  t={} ", sitting.cursor.t);
        }
        if self.session.is_playing {
            right = format!("playing   {right}");
        }
        let right = self.theme.text(&right).into_owned();
        let wide = (right.chars().count() as u16).min(area.width);
        let room = usize::from(area.width.saturating_sub(wide + 2));
        let number = self.session.number_of(&sitting.lesson.id).map_or(String::new(), |number| format!("{number} "));
        let title = shorten(&format!("{number}{}", sitting.lesson.title.as_str()), room, self.theme);
        put(&title, Ink::Title, (area.x + 1, area.y), area.width - 1, self.theme, cells);
        put(&right, Ink::Dim, (area.right() - wide, area.y), wide, self.theme, cells);
    }

    fn footer(&self, area: Rect, cells: &mut Buffer) {
        keys::draw(&footer::footer(self.session, self.viewer), self.theme, area, cells);
    }

    fn story(&self, area: Rect, cells: &mut Buffer) {
        let told = story::tell(self.sitting);
        let width = usize::from(area.width.saturating_sub(2));
        let (now, ink) = match &self.viewer.notice {
            Some(notice) => (notice.clone(), Ink::Warning),
            None => (told.now, Ink::Text),
        };
        let lines = markup::wrap(&self.theme.text(&now), width);
        let texts: Vec<String> =
            lines.into_iter().map(|line| line.into_iter().map(|piece| piece.text).collect()).collect();
        let rows = usize::from(area.height);
        let cut = rows.min(texts.len()).saturating_sub(1);
        let shown = [&texts[..cut], &[texts[cut..].join(" ")]].concat();
        for (y, text) in (area.y..area.bottom()).zip(&shown) {
            put(&shorten(text, width, self.theme), ink, (area.x + 1, y), area.width - 1, self.theme, cells);
        }
        // A long sentence takes the row of what is next; an ending has nothing next.
        if shown.len() == rows {
            return;
        }
        let last = area.bottom() - 1;
        let code = self.theme.text(&told.code).into_owned();
        let pointer = self.theme.symbol(crate::view::spelling::Mark::PointerBack);
        let code = if code.is_empty() { code } else { format!("{code} {pointer}") };
        let code_wide = code.chars().count();
        let next = shorten(&told.next, width, self.theme);
        let used = put(&next, Ink::Dim, (area.x + 1, last), area.width - 1, self.theme, cells);
        if usize::from(used) + code_wide + 2 <= width {
            let x = area.right() - 1 - code_wide as u16;
            put(&code, Ink::Code, (x, last), code_wide as u16, self.theme, cells);
        }
    }

    /// Map and focus panel side by side; one alone takes the width, and a narrow screen shows one at a time.
    fn body(&self, area: Rect, memo: &mut Memo, cells: &mut Buffer) {
        let all = self.sitting.panels();
        let beside = self.sitting.panels_beside();
        match self.viewer.focus(&beside) {
            Some(_) if self.is_looking() && (self.viewer.is_zoomed || area.width < 72) => {
                self.panel(Panel::Map, true, area, memo, cells);
            }
            Some(panel) if self.viewer.is_zoomed || all.len() == 1 => self.panel(panel, true, area, memo, cells),
            Some(panel) if area.width >= 72 => {
                let left = Rect { width: area.width / 2, ..area };
                let right = Rect { x: left.right(), width: area.width - left.width, ..area };
                let first = if self.shows_map() { Panel::Map } else { all[0] };
                self.panel(first, false, left, memo, cells);
                self.panel(panel, true, right, memo, cells);
            }
            _ => self.panel(self.viewer.focus(&all).unwrap_or(Panel::Map), true, area, memo, cells),
        }
    }

    fn is_looking(&self) -> bool {
        matches!(self.viewer.layer, Layer::Look)
    }

    fn shows_map(&self) -> bool {
        let shown = &self.sitting.page().show;
        shown.is_empty() || shown.contains(&Panel::Map)
    }

    /// Map above the page on the left, up to three panels on the right.
    fn wide_body(&self, area: Rect, page: Rect, memo: &mut Memo, cells: &mut Buffer) {
        let beside = self.sitting.panels_beside();
        let focus = self.viewer.focus(&beside);
        let left = Rect { height: area.height - page.height, width: page.width, ..area };
        if self.viewer.is_zoomed {
            let full = Rect { height: area.height - page.height, ..area };
            let shown = focus.filter(|_| !self.is_looking()).unwrap_or(Panel::Map);
            return self.panel(shown, true, full, memo, cells);
        }
        if beside.is_empty() {
            let full = Rect { height: area.height - page.height, ..area };
            return self.panel(Panel::Map, true, full, memo, cells);
        }
        self.panel(if self.shows_map() { Panel::Map } else { beside[0] }, false, left, memo, cells);
        let count = beside.len().min(3) as u16;
        let start = self.viewer.panel % beside.len();
        let shown: Vec<Panel> = beside.iter().cycle().skip(start).take(usize::from(count)).copied().collect();
        let mut y = area.y;
        for (index, panel) in shown.into_iter().enumerate() {
            let rest = area.bottom() - y;
            let height = if index as u16 + 1 == count { rest } else { area.height / count };
            let place = Rect { x: page.right(), y, width: area.width - page.width, height };
            self.panel(panel, Some(panel) == focus, place, memo, cells);
            y += height;
        }
    }

    fn panel(&self, panel: Panel, is_focus: bool, area: Rect, memo: &mut Memo, cells: &mut Buffer) {
        let (sitting, theme) = (self.sitting, self.theme);
        match panel {
            Panel::Map => {
                let (is_open, is_sealed) = (sitting.open_question().is_some(), sitting.is_sealed());
                let overlay = self.viewer.overlay.filter(|overlay| overlay.is_safe(is_open, is_sealed));
                let sight = Sight { theme, overlay, lookout: self.viewer.lookout };
                map::draw(sitting, sight, is_focus || self.is_looking(), area, cells, memo);
            }
            Panel::LineSearch => line_search::draw(sitting, theme, is_focus, area, cells),
            Panel::Curvature => eigen::draw(sitting, theme, is_focus, area, cells),
            Panel::Numbers => numbers::draw(sitting, theme, is_focus, area, cells),
            Panel::Progress => convergence::draw(sitting, theme, is_focus, area, cells),
        }
    }

    /// Too small for panels: the sentence, the question's keys, and that more room would help.
    fn smallest(&self, area: Rect, cells: &mut Buffer) {
        let told = story::tell(self.sitting);
        let now = self.viewer.notice.clone().unwrap_or(told.now);
        let width = usize::from(area.width);
        let content = page::content(self.sitting, self.viewer, self.theme, width);
        let page = content.lines.into_iter().map(|(line, _)| line);
        let story = markup::wrap(&now, width).into_iter().chain(markup::wrap(&told.next, width));
        let mut lines: Vec<markup::Line> = if content.keeps_end { page.collect() } else { story.clone().collect() };
        let room = usize::from(area.height.saturating_sub(1));
        if content.keeps_end {
            lines.drain(..lines.len().saturating_sub(room));
            lines.extend(story);
        }
        for (y, line) in (area.y..area.bottom().saturating_sub(1)).zip(lines) {
            let text: String = line.into_iter().map(|piece| piece.text).collect();
            put(&text, Ink::Text, (area.x, y), area.width, self.theme, cells);
        }
        self.footer(Rect { y: area.bottom() - 1, height: 1, ..area }, cells);
    }
}
