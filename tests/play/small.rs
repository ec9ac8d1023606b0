//! Is all that a page says and asks seen on a small screen, or reached with the arrows?
#![expect(clippy::unwrap_used, reason = "in a test that is a failure")]

use downhill::app::classroom::Classroom;
use downhill::app::key::press::{Input, script};
use downhill::app::look::appearance::{Glyphs, Look};
use downhill::app::room::errand::Standing;
use downhill::app::room::session::Session;
use downhill::app::room::sitting::Sitting;
use downhill::app::seat::viewer::Layer;
use downhill::export::text::text;
use downhill::lesson::course::library::{self, SHIPPED};
use downhill::lesson::markup;
use downhill::lesson::question::Kind;
use downhill::view::paper::theme::Theme;
use downhill::view::plot::memo::Memo;
use downhill::view::screen::regions;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const SIZES: [(u16, u16); 5] = [(80, 24), (60, 20), (40, 12), (36, 10), (72, 16)];

/// Somebody at a small screen.
struct Desk {
    room: Classroom,
    memo: Memo,
}

impl Desk {
    fn at(lesson: &str, size: (u16, u16), look: Look) -> Self {
        let session = Session::single(library::open(lesson).and_then(Sitting::open).unwrap());
        let mut room = Classroom::new(session);
        room.join(size, look);
        Self { room, memo: Memo::default() }
    }

    fn press(&mut self, keys: &str) {
        for cue in script(keys).unwrap() {
            let Input::Key(key) = cue.input else { continue };
            self.room.press(1, key);
            while self.room.work_on() {}
            self.room.bound_pages(regions::out_of_sight);
        }
    }

    fn sitting(&self) -> &Sitting {
        self.room.session.sitting.as_ref().unwrap()
    }

    /// In an answer the arrows move something else: Esc gives them to the page.
    fn leave_answer(&mut self) {
        if self.room.viewers[&1].moves_in_answer(self.sitting()) {
            self.press("<esc>");
        }
    }

    fn text(&mut self) -> String {
        let viewer = &self.room.viewers[&1];
        let mut cells = Buffer::empty(Rect::new(0, 0, viewer.size.0, viewer.size.1));
        regions::draw(&self.room.session, viewer, &mut self.memo, &mut cells);
        text(&cells)
    }

    /// The text of the screen at every place to which the arrows lead, beginning with where it opens.
    fn all(&mut self) -> Vec<String> {
        let mut screens = vec![self.text()];
        for key in ["<up>", "<down>"] {
            loop {
                let before = self.room.viewers[&1].scrolled;
                self.press(key);
                if self.room.viewers[&1].scrolled == before {
                    break;
                }
                screens.push(self.text());
            }
        }
        if let Some(viewer) = self.room.viewers.get_mut(&1) {
            viewer.scrolled = 0;
        }
        screens
    }
}

/// The words of a screen, without its frames.
fn words(screen: &str) -> String {
    let is_gap = |character: char| character.is_whitespace() || "│┃|".contains(character);
    screen.split(is_gap).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A text as it is read, its marks taken out.
fn read(text: &str, theme: Theme) -> String {
    let lines = markup::wrap(&theme.text(text), 10_000);
    words(&lines.iter().flatten().map(|piece| piece.text.clone() + " ").collect::<String>())
}

fn marks_a_cut(screen: &str) -> bool {
    screen.contains(" more")
}

/// Each page as it opens: what of its prose and its goal is not seen, and cannot be reached.
#[test]
fn prose_and_goals_are_seen_or_reached() {
    for (size, look) in sizes() {
        let theme = Theme::of(look);
        for (lesson, _) in SHIPPED {
            let mut desk = Desk::at(lesson, size, look);
            for page in 0..desk.sitting().lesson.pages.len() {
                let at = format!("{lesson}, page {}, at {size:?}", page + 1);
                desk.leave_answer();
                let prose = read(&desk.sitting().page().text, theme);
                let screens: Vec<String> = desk.all().iter().map(|screen| words(screen)).collect();
                let all: Vec<&str> = prose.split(' ').collect();
                for three in all.windows(3.min(all.len())) {
                    let three = three.join(" ");
                    assert!(screens.iter().any(|screen| screen.contains(&three)), "{at}: {three}\n{}", desk.text());
                }
                let has_goal = desk.sitting().page().goal.is_some();
                assert!(!has_goal || screens[0].contains("Goal"), "{at}: no goal\n{}", desk.text());
                desk.press("n");
            }
        }
    }
}

/// Each question as it opens: it stands whole on the screen with its answers, or what is cut is marked and reached.
#[test]
fn questions_and_their_answers_are_seen_or_reached() {
    for (size, look) in sizes() {
        let theme = Theme::of(look);
        for (lesson, _) in SHIPPED {
            let mut desk = Desk::at(lesson, size, look);
            for page in 0..desk.sitting().lesson.pages.len() {
                for _ in 0..60 {
                    if desk.sitting().standing() != Standing::Stepping {
                        break;
                    }
                    desk.press("<right>");
                }
                if let Some(ask) = desk.sitting().open_question().cloned() {
                    let mut wanted = vec![read(&ask.question, theme)];
                    if let Kind::Choose(options) = &ask.kind {
                        wanted.extend(options.iter().map(|option| read(&option.text, theme)));
                    }
                    let screen = desk.text();
                    let is_whole = |screen: &String, text: &String| words(screen).contains(text.as_str());
                    let at = format!("{lesson}, page {}, at {size:?}", page + 1);
                    assert!(is_whole(&screen, &wanted[0]), "{at}: {}\n{screen}", wanted[0]);
                    for text in &wanted {
                        let may_be_cut = size.0 < 60 && marks_a_cut(&screen);
                        assert!(is_whole(&screen, text) || may_be_cut, "{at}: {text}\n{screen}");
                    }
                    desk.leave_answer();
                    let all = desk.all();
                    for text in &wanted {
                        let is_seen = all.iter().any(|screen| is_whole(screen, text));
                        assert!(is_seen, "{at}: {text}\n{}", all.join("\n"));
                    }
                }
                desk.press("n");
            }
        }
    }
}

/// The arrows stop at both ends and say so; any other key leads back.
#[test]
fn the_arrows_scroll_what_is_cut_and_say_where_it_ends() {
    let mut desk = Desk::at("backtracking", (60, 20), Look::default());
    desk.press("n <right> <right>");
    assert!(desk.text().contains("↑ 1 more") && !desk.text().contains("While φ(α) lies"), "{}", desk.text());
    desk.press("<up>");
    assert!(desk.text().contains("↓ 1 more") && desk.text().contains("While φ(α) lies"), "{}", desk.text());
    desk.press("<up>");
    assert!(desk.text().contains("This is its beginning."), "{}", desk.text());
    desk.press("h <esc>");
    assert!(desk.text().contains("↑ 1 more"), "{}", desk.text());
    desk.press("<resize:80x24> <up>");
    desk.room.resize(1, 80, 24);
    desk.press("<up>");
    assert!(desk.text().contains("All of it is in sight."), "{}", desk.text());
}

/// What is needed to go on is never chopped: marks say where words are missing.
#[test]
fn settings_say_where_words_are_missing_and_which_rules_go_together() {
    let mut desk = Desk::at("fixed-step", (60, 20), Look::default());
    desk.press("L n n n e");
    for words in ["divide d by its leng…", "k keep old", "f from here", "m moves it on the map"] {
        assert!(desk.text().contains(words), "{words}\n{}", desk.text());
    }
    let mut desk = Desk::at("backtracking", (60, 20), Look::default());
    desk.press("L s e <up> <up> <up> <right> <right> <right>");
    assert!(desk.text().contains("backtracking does not go with nesterov; fixed does"), "{}", desk.text());
    desk.press("<down>");
    assert!(desk.text().contains("backtracking does not go with nesterov; fixed does"), "{}", desk.text());
}

/// The very first words tell what to do where characters are strange, and the settings have their box while stepping.
#[test]
fn the_word_of_welcome_and_the_settings_are_seen_at_every_size() {
    for size in SIZES {
        let mut desk = Desk::at("iterative-descent", size, Look::default());
        desk.room.viewers.values_mut().for_each(|viewer| viewer.layer = Layer::Welcome);
        assert!(words(&desk.text()).contains("Strange characters? Press G."), "{size:?}\n{}", desk.text());
        desk.room.viewers.values_mut().for_each(|viewer| viewer.look.glyphs = Glyphs::Ascii);
        assert!(words(&desk.text()).contains("Finer drawing? Press G."), "{size:?}\n{}", desk.text());
        let mut desk = Desk::at("backtracking", size, Look::default());
        desk.press("L s <right> <right> e");
        assert!(desk.text().contains("α_init"), "{size:?}\n{}", desk.text());
    }
}

/// The settings of a wide screen stand below the panels and cover none of them.
#[test]
fn settings_leave_the_axes_of_the_map_in_sight() {
    let mut desk = Desk::at("fixed-step", (120, 40), Look::default());
    desk.press("L n n n n");
    let axes = "└ x₁ −8…8   x₂ −6…24";
    assert!(desk.text().contains(axes), "{}", desk.text());
    desk.press("e");
    assert!(desk.text().contains(axes) && desk.text().contains("┏ Settings"), "{}", desk.text());
}

/// The story of an open question is whole from 40 columns on, and no `t` stands without its timeline.
#[test]
fn narrow_screens_keep_their_sentences_whole() {
    let mut desk = Desk::at("backtracking", (60, 20), Look::default());
    desk.press("n <right>");
    assert!(desk.text().contains("\n α –   f 240.0"), "{}", desk.text());
    desk.press("<right>");
    assert!(desk.text().contains("Next: your prediction. The run waits."), "{}", desk.text());
    let ascii = Look { glyphs: Glyphs::Ascii, ..Look::default() };
    let mut desk = Desk::at("backtracking", (80, 24), ascii);
    assert!(desk.text().contains("+ f = 10x1^2 + x2^2/2 -"), "{}", desk.text());
    let mut desk = Desk::at("backtracking", (36, 10), ascii);
    desk.press("n n n n");
    assert!(desk.text().contains(" a   phi bound +/-"), "{}", desk.text());
}

fn sizes() -> impl Iterator<Item = ((u16, u16), Look)> {
    let looks = [Glyphs::Braille, Glyphs::Ascii].map(|glyphs| Look { glyphs, ..Look::default() });
    SIZES.into_iter().flat_map(move |size| looks.map(|look| (size, look)))
}
