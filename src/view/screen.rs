//! Which panel goes where, for the size at hand.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::arrangement::{Arrangement, Layout};
use crate::app::attempt::Attempt;
use crate::app::footer;
use crate::app::overlay::Overlay;
use crate::app::scene::Scene;
use crate::app::session::Session;
use crate::app::settings::Draft;
use crate::app::sitting::Sitting;
use crate::app::viewer::{Layer, Viewer};
use crate::lesson::grade::Answer;
use crate::lesson::markup;
use crate::lesson::schema::Panel;
use crate::view::content::Content;
use crate::view::layout::{self, Places};
use crate::view::map::Sight;
use crate::view::memo::Memo;
use crate::view::page;
use crate::view::page_rows::{self, Stand};
use crate::view::plot::{put, shorten};
use crate::view::spelling::Mark;
use crate::view::story;
use crate::view::theme::{Ink, Theme};
use crate::view::{
    attempt, convergence, eigen, help, home, keys, line_search, map, numbers, schedule, section, settings, table,
    terms, theory, timeline, title, work,
};

/// Draws everything that one viewer sees; says where the cursor rests, if it is to be seen.
pub fn draw(session: &Session, viewer: &Viewer, memo: &mut Memo, cells: &mut Buffer) -> Option<(u16, u16)> {
    let theme = Theme::of(viewer.look);
    let area = cells.area;
    if area.width == 0 || area.height == 0 {
        return None;
    }
    if let Layer::Help(top) = viewer.layer {
        let (body, foot) = split_last(area);
        let has_more = help::draw(session, top, theme, body, cells);
        last_row(session, viewer, has_more, theme, foot, cells);
        return None;
    }
    if let Layer::Terms { top, typed } = &viewer.layer {
        let (body, foot) = split_last(area);
        let has_more = terms::draw(session, *top, typed, theme, body, cells);
        last_row(session, viewer, has_more, theme, foot, cells);
        return None;
    }
    match &session.sitting {
        None => {
            let (body, foot) = split_last(area);
            home::draw(session, viewer, theme, body, cells);
            last_row(session, viewer, true, theme, foot, cells);
            None
        }
        Some(sitting) => Stage { session, sitting, viewer, theme }.draw(area, memo, cells),
    }
}

/// The footer, or why the last key did nothing, where there is no story to say it.
fn last_row(session: &Session, viewer: &Viewer, has_more: bool, theme: Theme, foot: Rect, cells: &mut Buffer) {
    if let Some(notice) = &viewer.notice {
        put(&format!(" {notice}"), Ink::Warning, (foot.x, foot.y), foot.width, theme, cells);
        return;
    }
    let mut entries = footer::footer(session, viewer);
    // Only where the rows are laid out it is known whether there are more.
    entries.retain(|(key, _)| has_more || *key != "↓");
    keys::draw(&entries, theme, foot, cells);
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
/// From so many rows on, the page box keeps its height from page to page; below, every row is dear.
const STEADY: u16 = 24;

/// Whether there are lines or cells to work on.
fn is_work(stand: &Stand<'_>) -> bool {
    matches!(stand.viewer.attempt(stand.sitting), Some(Attempt::Lines(_) | Attempt::Cells(_)))
}

/// The rows of the page box across the screen.
fn page_rows(stand: &Stand<'_>, content: &Content, area: Rect, memo: &mut Memo) -> u16 {
    let around = 1 + story_rows(area) + 1 + 1;
    let least = match area.height {
        ..16 if content.keeps_end => 0,
        ..18 => LEAST_MAP_ROWS / 2,
        // Lines and cells to work on need their rows more than the map does.
        ..24 if is_work(stand) => LEAST_MAP_ROWS / 2,
        _ => LEAST_MAP_ROWS,
    };
    let room = area.height.saturating_sub(around + least);
    let wanted = page_rows::across(stand, content, area.height >= STEADY, memo) as u16 + 2;
    wanted.clamp(3, room.max(3))
}

/// Where the settings lie over the panels, unless the start is moved on the map.
fn settings_over(draft: &Draft, body: Rect) -> Option<Rect> {
    let height = (settings::rows(draft) as u16 + 2).min(body.height);
    draft.placing.is_none().then_some(Rect { y: body.bottom() - height, height, ..body })
}

impl Stage<'_> {
    fn draw(&self, area: Rect, memo: &mut Memo, cells: &mut Buffer) -> Option<(u16, u16)> {
        if area.width < 40 || area.height < 12 {
            self.smallest(area, cells);
            return None;
        }
        let arrangement = Arrangement::of(self.sitting, self.viewer, (area.width, area.height));
        let is_wide = arrangement.layout == Layout::Wide;
        let page_width = if is_wide { self.page_column(area.width) } else { area.width };
        let width = usize::from(page_width.saturating_sub(4));
        let pair = self.session.pair.as_ref();
        let stand = Stand { sitting: self.sitting, viewer: self.viewer, pair, theme: self.theme, width };
        let content = page::card(self.sitting, self.viewer, pair, self.theme, width)
            .unwrap_or_else(|| page::beneath(self.sitting, self.viewer, pair, !is_wide, self.theme, width));
        let foot = area.bottom() - 1;
        title::draw(self.session, self.sitting, arrangement.turn, self.theme, Rect { height: 1, ..area }, cells);
        self.footer(Rect { y: foot, height: 1, ..area }, cells);
        // While a question is open the timeline hides.
        if let Some(advance) = self.session.advance() {
            work::draw(&advance, self.theme, Rect { y: foot - 1, height: 1, ..area }, cells);
        } else if self.sitting.open_question().is_none() {
            timeline::draw(self.sitting, self.theme, Rect { y: foot - 1, height: 1, ..area }, cells);
        }
        let page_rows = if is_wide { 0 } else { page_rows(&stand, &content, area, memo) };
        let story_y = foot - 1 - page_rows - story_rows(area);
        self.story(Rect { y: story_y, height: story_rows(area), ..area }, cells);
        let body = Rect { y: area.y + 1, height: story_y - area.y - 1, ..area };
        let places = if is_wide && arrangement.is_two_maps() {
            layout::two_maps(body, page_width)
        } else if is_wide {
            let most = layout::most_page_rows(body, arrangement.beside.len());
            let rows = page_rows::in_column(&stand, &content).max(1) as u16 + 2;
            layout::wide(body, arrangement.beside.len(), (page_width, rows.min(most)))
        } else {
            let page = Rect { y: story_y + story_rows(area), height: page_rows, ..area };
            layout::narrow(body, arrangement.beside.len(), page)
        };
        self.panels(&arrangement, &places, memo, cells);
        let page_area = places.page;
        if let Layer::Settings(draft) = &self.viewer.layer {
            // A column is too narrow for names, values and what they mean: they lie over the foot of the panels.
            let over = settings_over(draft, body).filter(|_| is_wide);
            if let Some(over) = over {
                page::draw(&content, self.theme, page_area, cells);
                over.positions().for_each(|at| cells[at].reset());
            }
            return settings::draw(draft, self.theme, over.unwrap_or(page_area), cells);
        }
        page::draw(&content, self.theme, page_area, cells);
        None
    }

    /// What the page box says, for so many columns.
    fn content(&self, width: usize) -> Content {
        page::content(self.sitting, self.viewer, self.session.pair.as_ref(), self.theme, width)
    }

    /// The page where it has a column of its own: a table to fill in makes it wider.
    fn page_column(&self, width: u16) -> u16 {
        let has_table = matches!(self.viewer.attempt(self.sitting), Some(Attempt::Cells(_)));
        layout::page_column(width).max(if has_table { attempt::ROOMY as u16 + 4 } else { 0 })
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
        let pointer = self.theme.symbol(Mark::PointerBack);
        let code = if code.is_empty() { code } else { format!("{code} {pointer}") };
        let code_wide = code.chars().count();
        let next = self.session.halted.unwrap_or(&told.next);
        let next = self.theme.text(next).into_owned();
        let lines = markup::wrap(&next, width);
        let mut used = 0;
        // Where a row is left over, the sentence of what is next may take two.
        if lines.len() > 1 && shown.len() + lines.len() <= rows {
            for (y, line) in (area.bottom() - lines.len() as u16..area.bottom()).zip(lines) {
                let text: String = line.into_iter().map(|piece| piece.text).collect();
                used = put(&text, Ink::Dim, (area.x + 1, y), area.width - 1, self.theme, cells);
            }
        } else {
            let next = shorten(&next, width, self.theme);
            used = put(&next, Ink::Dim, (area.x + 1, last), area.width - 1, self.theme, cells);
        }
        if usize::from(used) + code_wide + 2 <= width {
            let x = area.right() - 1 - code_wide as u16;
            put(&code, Ink::Code, (x, last), code_wide as u16, self.theme, cells);
        }
    }

    /// Each panel in its place; the frame of the one in focus stands out, where there is a choice.
    fn panels(&self, arrangement: &Arrangement, places: &Places, memo: &mut Memo, cells: &mut Buffer) {
        let is_focus = |panel: Panel| arrangement.has_choice() && panel == arrangement.focus;
        self.panel(arrangement.main, is_focus(arrangement.main), places.main, memo, cells);
        for (panel, place) in arrangement.beside.iter().zip(&places.beside) {
            self.panel(*panel, is_focus(*panel), *place, memo, cells);
        }
    }

    fn panel(&self, panel: Panel, is_focus: bool, area: Rect, memo: &mut Memo, cells: &mut Buffer) {
        let (sitting, theme) = (self.sitting, self.theme);
        match panel {
            Panel::Map => {
                let (scene, sight) = (Scene::of(sitting), self.sight());
                map::draw(&scene, sight, is_focus, area, cells, memo);
                if let Some((point, mark)) = self.placed() {
                    map::mark_point(&scene, &point, mark, sight, area, cells);
                }
            }
            Panel::SecondMap => {
                if let Some(scene) = Scene::compared(sitting) {
                    // Basins are sought for the method of the learner's run alone.
                    let overlay = self.sight().overlay.filter(|overlay| *overlay != Overlay::Basins);
                    map::draw(&scene, Sight { overlay, ..self.sight() }, is_focus, area, cells, memo);
                }
            }
            Panel::LineSearch => line_search::draw(sitting, theme, is_focus, area, cells),
            Panel::Curvature => eigen::draw(sitting, theme, is_focus, area, cells),
            Panel::Numbers => numbers::draw(sitting, theme, is_focus, area, cells),
            Panel::Progress => {
                convergence::draw(sitting, self.viewer.counts_evaluations, theme, is_focus, area, cells, memo);
            }
            Panel::Theory => theory::draw(sitting, theme, is_focus, area, cells),
            Panel::Schedule => schedule::draw(sitting, theme, is_focus, area, cells),
            Panel::Table => table::draw(sitting, theme, is_focus, area, cells),
            Panel::Curve => section::draw(sitting, theme, is_focus, area, cells),
        }
    }

    /// How the viewer looks at a map, as far as that tells no answer.
    fn sight(&self) -> Sight {
        let (is_open, is_sealed) = (self.sitting.open_question().is_some(), self.sitting.is_sealed());
        let overlay = self.viewer.overlay.filter(|overlay| overlay.is_safe(is_open, is_sealed));
        Sight { theme: self.theme, overlay, lookout: self.viewer.lookout }
    }

    /// The point that is on its way over the map, or was given as an answer.
    fn placed(&self) -> Option<(Vec<f64>, Mark)> {
        match (&self.viewer.layer, self.viewer.attempt(self.sitting), &self.sitting.record().answer) {
            (Layer::Settings(draft), ..) => draft.placing.is_some().then(|| (draft.start.clone(), Mark::Start)),
            (_, Some(Attempt::Point(pointing)), _) => Some((pointing.at, Mark::Guess)),
            (_, _, Some(Answer::Point(point))) if self.sitting.detour.is_none() => Some((point.clone(), Mark::Guess)),
            _ => None,
        }
    }

    /// Too small for panels: the sentence, the question's keys, and that more room would help.
    fn smallest(&self, area: Rect, cells: &mut Buffer) {
        let told = story::tell(self.sitting);
        let now = self.viewer.notice.clone().unwrap_or(told.now);
        let width = usize::from(area.width);
        let content = self.content(width);
        let page = content.lines.into_iter().map(|(line, _)| line);
        let compared = story::tell_compared(self.sitting).unwrap_or_default();
        let compared = self.theme.text(&compared);
        let story = [&now, &told.next, &*compared].into_iter().flat_map(|text| markup::wrap(text, width));
        // What became of an answer comes before what the run does.
        let tells_page = content.keeps_end || self.sitting.record().answer.is_some();
        let mut lines: Vec<markup::Line> = if tells_page { page.collect() } else { story.clone().collect() };
        let room = usize::from(area.height.saturating_sub(1));
        if tells_page {
            lines.drain(..lines.len().saturating_sub(room));
            lines.extend(story);
        }
        if let Layer::Settings(draft) = &self.viewer.layer {
            lines = settings::brief(draft).iter().flat_map(|text| markup::wrap(text, width)).collect();
            lines.extend(self.viewer.notice.iter().flat_map(|notice| markup::wrap(notice, width)));
        }
        for (y, line) in (area.y..area.bottom().saturating_sub(1)).zip(lines) {
            let text: String = line.into_iter().map(|piece| piece.text).collect();
            put(&text, Ink::Text, (area.x, y), area.width, self.theme, cells);
        }
        self.footer(Rect { y: area.bottom() - 1, height: 1, ..area }, cells);
    }
}
