//! Which panel goes where, for the size at hand.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::keymap::footer;
use crate::app::look::arrangement::{Arrangement, Layout};
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::app::run::scene::Scene;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::app::settings::draft::Draft;
use crate::lesson::schema::Panel;
use crate::view::page::content::Content;
use crate::view::page::excerpt::{self, Excerpt};
use crate::view::page::page_rows;
use crate::view::page::page_text::{self, PageReader, Prose};
use crate::view::page::settings;
use crate::view::page::story;
use crate::view::page::story_rows;
use crate::view::page::timeline;
use crate::view::page::title;
use crate::view::panel;
use crate::view::panel::progress::Across;
use crate::view::paper::pad::Pad;
use crate::view::paper::theme::{Ink, Theme};
use crate::view::plot::memo::Memo;
use crate::view::question;
use crate::view::screen::help;
use crate::view::screen::home;
use crate::view::screen::keys;
use crate::view::screen::keys::Below;
use crate::view::screen::layout::{self, Places};
use crate::view::screen::maps::MapViewer;
use crate::view::screen::smallest;
use crate::view::screen::terms;
use crate::view::screen::work;

/// Draws everything that one viewer sees; says where the cursor rests, if it is to be seen.
pub fn draw(session: &Session, viewer: &Viewer, memo: &mut Memo, cells: &mut Buffer) -> Option<(u16, u16)> {
    let theme = Theme::of(viewer.look);
    let area = cells.area;
    if area.width == 0 || area.height == 0 {
        return None;
    }
    let pad = &mut Pad::new(theme, area, cells);
    let (body, foot) = split_last(area);
    let below = if let Layer::Help(top) = viewer.layer {
        help::draw(session, top, &mut pad.part(body))
    } else if let Layer::Terms { top, typed } = &viewer.layer {
        terms::draw(session, *top, typed, &mut pad.part(body))
    } else if let Some(sitting) = &session.sitting {
        return lesson(session, sitting, viewer, memo, pad);
    } else {
        home::draw(session, viewer, &mut pad.part(body));
        Below::More
    };
    last_row(session, viewer, below, &mut pad.part(foot));
    None
}

/// The screen of a lesson in progress.
fn lesson(
    session: &Session,
    sitting: &Sitting,
    viewer: &Viewer,
    memo: &mut Memo,
    pad: &mut Pad<'_>,
) -> Option<(u16, u16)> {
    if Layout::of(pad.area.width, pad.area.height) == Layout::Smallest {
        smallest::draw(session, &reader(session, sitting, viewer, pad.area.width.into()), pad);
        return None;
    }
    let scene = Scene::of(sitting);
    ScreenContext { session, sitting, viewer, theme: pad.theme }.draw(&scene, pad, memo)
}

/// Who reads the page in so many columns.
fn reader<'a>(session: &'a Session, sitting: &'a Sitting, viewer: &'a Viewer, width: usize) -> PageReader<'a> {
    PageReader { sitting, viewer, pair: session.pair.as_ref(), theme: Theme::of(viewer.look), width }
}

/// The footer, or why the last key did nothing, where there is no story to say it.
fn last_row(session: &Session, viewer: &Viewer, below: Below, pad: &mut Pad<'_>) {
    if let Some(notice) = &viewer.notice {
        pad.put(&format!(" {notice}"), Ink::Warning, (pad.area.x, pad.area.y), pad.area.width);
        return;
    }
    let mut entries = footer::footer(session, viewer);
    // Only where the rows are laid out it is known whether there are more.
    entries.retain(|(key, _)| below == Below::More || *key != "↓");
    keys::draw(&entries, pad);
}

fn split_last(area: Rect) -> (Rect, Rect) {
    let body = Rect { height: area.height - 1, ..area };
    (body, Rect { y: area.bottom() - 1, height: 1, ..area })
}

/// How many lines of what is to be read lie out of sight above and below where this viewer's screen opens it.
pub fn out_of_sight(session: &Session, viewer: &Viewer) -> (usize, usize) {
    let (width, height) = viewer.size;
    let Some(sitting) = session.sitting.as_ref().filter(|_| width > 0 && height > 0) else { return (0, 0) };
    let area = Rect { x: 0, y: 0, width, height };
    let theme = Theme::of(viewer.look);
    let Excerpt { above, below } = if Layout::of(width, height) == Layout::Smallest {
        smallest::excerpt(session, &reader(session, sitting, viewer, width.into()), area)
    } else {
        let Plan { content, places, .. } =
            ScreenContext { session, sitting, viewer, theme }.plan(area, &mut Memo::default());
        Excerpt::of(content.lines.len(), content.needed, usize::from(places.page.height.saturating_sub(2)), 0)
    };
    (above, below)
}

/// A lesson, a viewer and a theme: all that the layout needs.
struct ScreenContext<'a> {
    session: &'a Session,
    sitting: &'a Sitting,
    viewer: &'a Viewer,
    theme: Theme,
}

/// A map of fewer rows shows nothing.
const LEAST_MAP_ROWS: u16 = 6;
/// From so many rows on, the page box keeps its height from page to page; below, every row is dear.
const STEADY: u16 = 24;

/// Whether the arrows move something on the map, so that it has to be seen.
fn moves_on_map(stand: &PageReader<'_>) -> bool {
    match &stand.viewer.layer {
        Layer::Look => true,
        Layer::Settings(draft) => draft.placing.is_some(),
        _ => {
            let (attempt, ask) = (stand.viewer.attempt(stand.sitting), stand.sitting.page().ask.as_ref());
            let is_point = ask.is_some_and(|ask| question::kind(ask, attempt.as_ref()).place().is_some());
            is_point && stand.viewer.is_answering(stand.sitting)
        }
    }
}

/// A panel of fewer rows holds nothing: its frame takes two.
const LEAST_PANEL_ROWS: u16 = 3;

/// The rows of the story and of the page box below it, in so many that they share with the panels. First comes what is
/// needed of the page (a question and its answers, a goal), then the story, then the panels, then the prose.
fn rows_below(stand: &PageReader<'_>, content: &Content, area: Rect, room: u16, memo: &mut Memo) -> (u16, u16) {
    let is_on_map = moves_on_map(stand);
    let story = if is_on_map && area.height < 16 { 1 } else { story_rows::wanted(area) };
    let is_setting = matches!(stand.viewer.layer, Layer::Settings(_));
    let gives_way = !is_setting && (content.is_folded || matches!(stand.viewer.layer, Layer::Look));
    let least = match area.height {
        // Where hardly anything fits, it is the page until the run is stepped through, and then a panel.
        ..16 if gives_way => return (story, 0),
        ..16 => 0,
        _ => LEAST_MAP_ROWS,
    };
    let wanted = match area.height {
        ..STEADY => page_rows::across(stand, content),
        STEADY.. => page_rows::across_steady(stand, content, memo),
    };
    let wanted = wanted as u16 + 2;
    let needed = if is_setting { 0 } else { content.needed as u16 + 2 };
    let page = wanted.min(room.saturating_sub(story + least)).max(needed).clamp(3, room - 1);
    let story = story.min(room - page);
    let left = room - page - story;
    (story, if left < LEAST_PANEL_ROWS { page + left } else { page })
}

/// Everything of a screen and its place.
struct Plan {
    arrangement: Arrangement,
    content: Content,
    places: Places,
    story: Rect,
    /// The row of the run's numbers; empty where there is none.
    status: Rect,
    /// Where the settings lie below the panels; otherwise they stand in the page box.
    settings: Option<Rect>,
}

/// The panels, and below them the settings, across the whole screen.
fn settings_below(draft: &Draft, body: Rect) -> (Rect, Option<Rect>) {
    let height = (settings::rows(draft) as u16 + 2).min(body.height);
    let panels = Rect { height: body.height - height, ..body };
    (panels, Some(Rect { y: panels.bottom(), height, ..body }))
}

impl ScreenContext<'_> {
    fn draw(&self, scene: &Scene<'_>, pad: &mut Pad<'_>, memo: &mut Memo) -> Option<(u16, u16)> {
        let (area, session, viewer) = (pad.area, self.session, self.viewer);
        let plan = self.plan(area, memo);
        let first = Rect { height: 1, ..area };
        title::draw(session, self.sitting, viewer, plan.arrangement.turn, &mut pad.part(first));
        let last = Rect { y: area.bottom() - 1, height: 1, ..area };
        keys::draw(&footer::footer(session, viewer), &mut pad.part(last));
        if let Some(advance) = session.work_progress(viewer) {
            work::draw(&advance, &mut pad.part(plan.status));
        } else if self.sitting.open_question().is_none() {
            timeline::draw(scene, &mut pad.part(plan.status));
        }
        story_rows::draw(story::tell_in(self.sitting, scene), session, viewer, &mut pad.part(plan.story));
        self.panels(scene, &plan, pad, memo);
        let page = &mut pad.part(plan.places.page);
        let Layer::Settings(draft) = &viewer.layer else {
            excerpt::draw(&plan.content, viewer.scrolled, page);
            return None;
        };
        let Some(below) = plan.settings else { return settings::draw(draft, page) };
        excerpt::draw(&plan.content, viewer.scrolled, page);
        settings::draw(draft, &mut pad.part(below))
    }

    /// Where everything stands on a screen that is not the smallest.
    ///
    /// ```text
    /// narrow                                   wide
    /// +----------------------------------+     +--------------------------------------------------+
    /// | title                            |     | title                                            |
    /// | +-- main -----+ +-- beside ----+ |     | +-- main ----+ +-- beside --+ +-- page --------+ |
    /// | |             | |              | |     | |            | +------------+ |                | |
    /// | |             | |              | |     | |            | +-- beside --+ +----------------+ |
    /// | +-------------+ +--------------+ |     | |            | |            | +-- last beside -+ |
    /// | story: what was done             |     | +------------+ +------------+ +----------------+ |
    /// | story: what is next       code < |     | settings, while they are changed                 |
    /// | +-- page ----------------------+ |     | story: what was done                             |
    /// | | prose, question, answers     | |     | story: what is next                       code < |
    /// | +------------------------------+ |     | status: t, numbers, evaluations                  |
    /// | status: t, numbers, evaluations  |     | keys                                             |
    /// | keys                             |     +--------------------------------------------------+
    /// +----------------------------------+
    /// ```
    fn plan(&self, area: Rect, memo: &mut Memo) -> Plan {
        let arrangement = Arrangement::of(self.sitting, self.viewer, (area.width, area.height));
        let is_wide = arrangement.layout == Layout::Wide;
        let page_width = if is_wide { self.page_column(area.width) } else { area.width };
        let width = usize::from(page_width.saturating_sub(4));
        let stand = PageReader { theme: self.theme, ..reader(self.session, self.sitting, self.viewer, width) };
        let prose = if is_wide { Prose::Stays } else { Prose::Folds };
        let content = page_text::card(&stand).unwrap_or_else(|| page_text::beneath(&stand, prose));
        // While a question is open the timeline hides, and where every row is dear the page takes its row.
        let has_status = self.session.work_progress(self.viewer).is_some() || self.sitting.open_question().is_none();
        let status = u16::from(has_status || area.height >= STEADY);
        let foot = area.bottom() - 1 - status;
        let room = foot - area.y - 1;
        let (told, page_rows) =
            if is_wide { (story_rows::wanted(area), 0) } else { rows_below(&stand, &content, area, room, memo) };
        let page = Rect { y: foot - page_rows, height: page_rows, ..area };
        let story = Rect { y: page.y - told, height: told, ..area };
        let body = Rect { y: area.y + 1, height: story.y - area.y - 1, ..area };
        let (body, settings) = match &self.viewer.layer {
            // A column is too narrow for names, values and what they mean.
            Layer::Settings(draft) if is_wide && draft.placing.is_none() => settings_below(draft, body),
            _ => (body, None),
        };
        let places = if is_wide && arrangement.is_two_maps() {
            layout::two_maps(body, page_width)
        } else if is_wide {
            let most = layout::most_page_rows(body, arrangement.beside.len());
            let rows = page_rows::in_column(&stand, &content).max(1) as u16 + 2;
            layout::wide(body, arrangement.beside.len(), (page_width, rows.min(most)))
        } else {
            layout::narrow(body, arrangement.beside.len(), page)
        };
        let status = Rect { y: foot, height: status, ..area };
        Plan { arrangement, content, places, story, status, settings }
    }

    /// The page where it has a column of its own: a table to fill in makes it wider.
    fn page_column(&self, width: u16) -> u16 {
        let attempt = self.viewer.attempt(self.sitting);
        let least = self.sitting.page().ask.as_ref().zip(attempt.as_ref());
        let least = least.map_or(0, |(ask, attempt)| question::kind(ask, Some(attempt)).least_columns());
        layout::page_column(width).max(if least > 0 { least as u16 + 4 } else { 0 })
    }

    /// Each panel in its place; the frame of the one in focus stands out, where there is a choice.
    fn panels(&self, scene: &Scene<'_>, plan: &Plan, pad: &mut Pad<'_>, memo: &mut Memo) {
        let (arrangement, places) = (&plan.arrangement, &plan.places);
        let beside = arrangement.beside.iter().zip(&places.beside);
        for (panel, place) in std::iter::once((&arrangement.main, &places.main)).chain(beside) {
            let is_focus = arrangement.has_choice() && *panel == arrangement.focus;
            let pad = &mut Pad { is_focus, ..pad.part(*place) };
            self.panel(*panel, scene, pad, memo);
        }
    }

    fn panel(&self, panel: Panel, scene: &Scene<'_>, pad: &mut Pad<'_>, memo: &mut Memo) {
        let axis = if self.viewer.counts_evaluations { Across::Evaluations } else { Across::Iterations };
        let maps = MapViewer { sitting: self.sitting, viewer: self.viewer };
        match panel {
            Panel::Map => maps.draw(scene, pad, memo),
            Panel::SecondMap => maps.draw_compared(pad, memo),
            panel => panel::draw(panel, scene, axis, pad, memo),
        }
    }
}
