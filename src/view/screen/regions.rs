//! Which panel goes where, for the size at hand.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::answer::attempt::Attempt;
use crate::app::keymap::footer;
use crate::app::look::arrangement::{Arrangement, Layout};
use crate::app::look::overlay::Overlay;
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::app::run::scene::Scene;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::app::settings::draft::Draft;
use crate::lesson::schema::Panel;
use crate::view::map::picture::{self, Sight};
use crate::view::map::pin::Pin;
use crate::view::page::attempt;
use crate::view::page::content::Content;
use crate::view::page::excerpt::{self, Excerpt};
use crate::view::page::page_rows::{self, PageReader};
use crate::view::page::page_text;
use crate::view::page::settings;
use crate::view::page::story_rows;
use crate::view::page::timeline;
use crate::view::page::title;
use crate::view::panel::curvature;
use crate::view::panel::curve;
use crate::view::panel::line_search;
use crate::view::panel::numbers;
use crate::view::panel::progress;
use crate::view::panel::schedule;
use crate::view::panel::table;
use crate::view::panel::theory;
use crate::view::paper::frame::put;
use crate::view::paper::theme::{Ink, Theme};
use crate::view::plot::memo::Memo;
use crate::view::screen::help;
use crate::view::screen::home;
use crate::view::screen::keys;
use crate::view::screen::layout::{self, Places};
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
        Some(sitting) => ScreenContext { session, sitting, viewer, theme }.draw(area, memo, cells),
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

/// How many lines of what is to be read lie out of sight above and below where this viewer's screen opens it.
pub fn out_of_sight(session: &Session, viewer: &Viewer) -> (usize, usize) {
    let (width, height) = viewer.size;
    let Some(sitting) = session.sitting.as_ref().filter(|_| width > 0 && height > 0) else { return (0, 0) };
    let area = Rect { x: 0, y: 0, width, height };
    let theme = Theme::of(viewer.look);
    let Excerpt { above, below } = if Layout::of(width, height) == Layout::Smallest {
        smallest::excerpt(session, sitting, viewer, theme, area)
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
            let attempt = stand.viewer.attempt(stand.sitting);
            matches!(attempt, Some(Attempt::Point(_))) && stand.viewer.is_answering(stand.sitting)
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
    let wanted = page_rows::across(stand, content, area.height >= STEADY, memo) as u16 + 2;
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

/// The panels, and below them the settings.
fn settings_below(draft: &Draft, body: Rect) -> (Rect, Option<Rect>) {
    let height = (settings::rows(draft) as u16 + 2).min(body.height);
    let panels = Rect { height: body.height - height, ..body };
    (panels, Some(Rect { y: panels.bottom(), height, ..body }))
}

impl ScreenContext<'_> {
    fn draw(&self, area: Rect, memo: &mut Memo, cells: &mut Buffer) -> Option<(u16, u16)> {
        if Layout::of(area.width, area.height) == Layout::Smallest {
            smallest::draw(self.session, self.sitting, self.viewer, self.theme, area, cells);
            return None;
        }
        let plan = self.plan(area, memo);
        let turn = plan.arrangement.turn;
        let first = Rect { height: 1, ..area };
        title::draw(self.session, self.sitting, self.viewer, turn, self.theme, first, cells);
        self.footer(Rect { y: area.bottom() - 1, height: 1, ..area }, cells);
        if let Some(advance) = self.session.work_progress(self.viewer) {
            work::draw(&advance, self.theme, plan.status, cells);
        } else if self.sitting.open_question().is_none() {
            timeline::draw(self.sitting, self.theme, plan.status, cells);
        }
        story_rows::draw(self.session, self.sitting, self.viewer, self.theme, plan.story, cells);
        self.panels(&plan.arrangement, &plan.places, memo, cells);
        if let Layer::Settings(draft) = &self.viewer.layer {
            if plan.settings.is_some() {
                excerpt::draw(&plan.content, self.viewer.scrolled, self.theme, plan.places.page, cells);
            }
            return settings::draw(draft, self.theme, plan.settings.unwrap_or(plan.places.page), cells);
        }
        excerpt::draw(&plan.content, self.viewer.scrolled, self.theme, plan.places.page, cells);
        None
    }

    /// Where everything stands on a screen that is not the smallest.
    fn plan(&self, area: Rect, memo: &mut Memo) -> Plan {
        let arrangement = Arrangement::of(self.sitting, self.viewer, (area.width, area.height));
        let is_wide = arrangement.layout == Layout::Wide;
        let page_width = if is_wide { self.page_column(area.width) } else { area.width };
        let width = usize::from(page_width.saturating_sub(4));
        let pair = self.session.pair.as_ref();
        let stand = PageReader { sitting: self.sitting, viewer: self.viewer, pair, theme: self.theme, width };
        let content = page_text::card(self.sitting, self.viewer, pair, self.theme, width)
            .unwrap_or_else(|| page_text::beneath(self.sitting, self.viewer, pair, !is_wide, self.theme, width));
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
        let has_table = matches!(self.viewer.attempt(self.sitting), Some(Attempt::Cells(_)));
        layout::page_column(width).max(if has_table { attempt::ROOMY as u16 + 4 } else { 0 })
    }

    fn footer(&self, area: Rect, cells: &mut Buffer) {
        keys::draw(&footer::footer(self.session, self.viewer), self.theme, area, cells);
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
                let scene = Scene::of(sitting);
                let sight = self.sight(&scene);
                picture::draw(&scene, sight, is_focus, area, cells, memo);
                if let Some(pin) = Pin::of(sitting, self.viewer) {
                    picture::mark_point(&scene, &pin, sight, area, cells);
                }
            }
            Panel::SecondMap => {
                if let Some(scene) = Scene::compared(sitting) {
                    // Basins are sought for the method of the learner's run alone.
                    let sight = self.sight(&scene);
                    let overlay = sight.overlay.filter(|overlay| *overlay != Overlay::Basins);
                    picture::draw(&scene, Sight { overlay, ..sight }, is_focus, area, cells, memo);
                }
            }
            Panel::LineSearch => line_search::draw(sitting, theme, is_focus, area, cells),
            Panel::Curvature => curvature::draw(sitting, theme, is_focus, area, cells),
            Panel::Numbers => numbers::draw(sitting, theme, is_focus, area, cells),
            Panel::Progress => {
                progress::draw(sitting, self.viewer.counts_evaluations, theme, is_focus, area, cells, memo);
            }
            Panel::Theory => theory::draw(sitting, theme, is_focus, area, cells),
            Panel::Schedule => schedule::draw(sitting, theme, is_focus, area, cells),
            Panel::Table => table::draw(sitting, theme, is_focus, area, cells),
            Panel::Curve => curve::draw(sitting, theme, is_focus, area, cells),
        }
    }

    /// How the viewer looks at a map, as far as that tells no answer.
    fn sight(&self, scene: &Scene<'_>) -> Sight {
        let overlay = self.viewer.overlay;
        let refusal = overlay.and_then(|overlay| overlay.refusal(self.sitting, scene));
        Sight { theme: self.theme, overlay, refusal, viewport: self.viewer.viewport }
    }
}
