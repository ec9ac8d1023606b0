//! A little Markdown, broken into lines for a width.

use unicode_width::UnicodeWidthChar;

/// The columns of the page box at 80×24.
pub const BOX_WIDTH: usize = 76;
/// Its rows, for text, question and options together.
pub const BOX_ROWS: usize = 5;
/// The rows to which it grows for lines to be put in order and for tables.
pub const WORK_ROWS: usize = 11;
/// The columns of a line to be put in order, so that what there is and what was chosen stand side by side.
pub const LINE_WIDTH: usize = 34;

/// A piece of a line in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// How it looks.
    pub style: Style,
}

/// How a piece looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Style {
    /// As it is.
    #[default]
    Plain,
    /// `**bold**`
    Bold,
    /// `*emphasis*`
    Emphasis,
    /// `` `code` ``
    Code,
}

/// One line; no pieces for an empty one.
pub type MarkupLine = Vec<Piece>;

/// The answers with their numbers, two a row if every one fits in half of the width.
pub fn answers<S: AsRef<str>>(options: &[S], width: usize) -> Vec<MarkupLine> {
    let hung_in = |width: usize| {
        options.iter().zip(1..).map(move |(text, number)| hung(&format!("{number}) "), text.as_ref(), width))
    };
    let half = width / 2;
    // One column stays free between the two.
    let halves: Vec<Vec<MarkupLine>> = hung_in(half.saturating_sub(1)).collect();
    if halves.iter().any(|lines| lines.len() > 1) {
        return hung_in(width).flatten().collect();
    }
    let halves: Vec<MarkupLine> = halves.into_iter().flatten().collect();
    let beside = |pair: &[MarkupLine]| match pair {
        [left, right] => {
            let gap = " ".repeat(half.saturating_sub(line_width(left)));
            let mut line = left.clone();
            line.push(Piece { text: gap, style: Style::Plain });
            line.extend(right.iter().cloned());
            line
        }
        alone => alone.iter().flatten().cloned().collect(),
    };
    halves.chunks(2).map(beside).collect()
}

/// The columns that a line takes.
pub fn line_width(line: &MarkupLine) -> usize {
    line.iter().map(|piece| columns(&piece.text)).sum()
}

/// The text in lines of at most `width` columns.
///
/// Blank lines part paragraphs; a line that opens with `- ` is an item. Marks without their partner are text.
pub fn wrap(text: &str, width: usize) -> Vec<MarkupLine> {
    let mut lines: Vec<MarkupLine> = Vec::new();
    let mut block = Block::default();
    for written in text.lines().chain([""]) {
        let written = written.trim();
        let item = written.strip_prefix("- ").or_else(|| written.strip_prefix("• "));
        if written.is_empty() || item.is_some() {
            block.flush(width, &mut lines);
        }
        match item {
            Some(item) => block = Block { text: item.trim().to_owned(), is_item: true, parted: block.parted },
            None if written.is_empty() => block.parted = true,
            None => block.add(written),
        }
    }
    block.flush(width, &mut lines);
    lines
}

/// A paragraph or an item, while its lines are gathered.
#[derive(Default)]
struct Block {
    text: String,
    is_item: bool,
    /// Whether a blank line came before it.
    parted: bool,
}

impl Block {
    fn add(&mut self, line: &str) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(line);
    }

    fn flush(&mut self, width: usize, lines: &mut Vec<MarkupLine>) {
        if self.text.is_empty() {
            return;
        }
        if self.parted && !lines.is_empty() {
            lines.push(MarkupLine::new());
        }
        lines.extend(hung(if self.is_item { "• " } else { "" }, &self.text, width));
        *self = Self::default();
    }
}

/// One paragraph behind a mark, its further lines indented as far.
pub(in crate::lesson) fn hung(mark: &str, text: &str, width: usize) -> Vec<MarkupLine> {
    let indent = columns(mark);
    let lines = filled(&styled(text), width.saturating_sub(indent).max(1));
    let hang = |(number, line): (usize, MarkupLine)| {
        let lead = if number == 0 { mark.to_owned() } else { " ".repeat(indent) };
        let lead = (indent > 0).then_some(Piece { text: lead, style: Style::Plain });
        lead.into_iter().chain(line).collect()
    };
    lines.into_iter().enumerate().map(hang).collect()
}

/// The characters of a paragraph with their styles, the marks taken out.
fn styled(text: &str) -> Vec<(char, Style)> {
    const MARKS: [(&str, Style); 3] = [("`", Style::Code), ("**", Style::Bold), ("*", Style::Emphasis)];
    let mut characters = Vec::new();
    let mut rest = text;
    let mut before = ' ';
    while let Some(next) = rest.chars().next() {
        // A star right behind a letter is part of its name: α*, f*, x*.
        let is_name = next == '*' && before.is_alphanumeric();
        let marked = MARKS.into_iter().filter(|_| !is_name).find_map(|(mark, style)| {
            let (inside, after) = rest.strip_prefix(mark)?.split_once(mark)?;
            let is_span =
                !inside.is_empty() && inside.trim() == inside && !(style != Style::Code && inside.starts_with('*'));
            is_span.then_some((inside, after, style))
        });
        if let Some((inside, after, style)) = marked {
            characters.extend(inside.chars().map(|character| (character, style)));
            rest = after;
            before = ' ';
        } else {
            characters.push((next, Style::Plain));
            rest = &rest[next.len_utf8()..];
            before = next;
        }
    }
    characters
}

/// Breaks at spaces, but not inside a short formula, and inside words that are longer than the width.
fn filled(characters: &[(char, Style)], width: usize) -> Vec<MarkupLine> {
    let mut lines: Vec<Vec<(char, Style)>> = vec![Vec::new()];
    let mut taken = 0;
    let words: Vec<&[(char, Style)]> =
        characters.split(|(character, _)| character.is_whitespace()).filter(|word| !word.is_empty()).collect();
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        let (together, after) = rest.split_at(formula(rest, width));
        rest = after;
        if taken > 0 && taken + 1 + span(together) > width {
            lines.push(Vec::new());
            taken = 0;
        }
        for word in together {
            if taken > 0 {
                // A space inside a span keeps its style, so that a span stays one piece.
                let before = lines.last().and_then(|line| line.last()).map_or(Style::Plain, |(_, style)| *style);
                let style = if word.first().is_some_and(|(_, style)| *style == before) { before } else { Style::Plain };
                lines.last_mut().into_iter().for_each(|line| line.push((' ', style)));
                taken += 1;
            }
            for &(character, style) in *word {
                let wide = character.width().unwrap_or(0);
                if taken > 0 && taken + wide > width {
                    lines.push(Vec::new());
                    taken = 0;
                }
                lines.last_mut().into_iter().for_each(|line| line.push((character, style)));
                taken += wide;
            }
        }
    }
    lines.into_iter().map(|line| pieces(&line)).collect()
}

/// The columns of some words with a blank between them.
fn span(words: &[&[(char, Style)]]) -> usize {
    let wide =
        |word: &&[(char, Style)]| word.iter().map(|(character, _)| character.width().unwrap_or(0)).sum::<usize>();
    words.iter().map(wide).sum::<usize>() + words.len().saturating_sub(1)
}

/// How many of the next words stay on one line where they are short: what stands in brackets, and a symbol, a relation
/// and what it is related to.
fn formula(words: &[&[(char, Style)]], width: usize) -> usize {
    const LONGEST: usize = 20;
    let is_relation = |word: &&[(char, Style)]| word.iter().all(|(one, _)| "=<>≤≥≈≠←!".contains(*one));
    let fits = |count: &usize| span(&words[..*count]) <= LONGEST.min(width);
    let mut count = bracketed(words, 0).filter(fits).unwrap_or(1);
    while words.len() > count + 1 && is_relation(&words[count]) {
        let related = bracketed(words, count + 1).filter(fits);
        let Some(next) = related.or(Some(count + 2)).filter(fits) else { break };
        count = next;
    }
    count
}

/// Where the words end that close every bracket of the word at `from`; `None` if they never do.
fn bracketed(words: &[&[(char, Style)]], from: usize) -> Option<usize> {
    let mut open = 0_i32;
    words.iter().enumerate().skip(from).find_map(|(at, word)| {
        let of = |brackets: &str| word.iter().filter(|(one, _)| brackets.contains(*one)).count() as i32;
        open += of("([{") - of(")]}");
        (open <= 0).then_some(at + 1)
    })
}

/// Neighbours of one style become one piece.
fn pieces(characters: &[(char, Style)]) -> MarkupLine {
    let runs = characters.chunk_by(|(_, one), (_, other)| one == other);
    runs.map(|run| Piece { text: run.iter().map(|(character, _)| character).collect(), style: run[0].1 }).collect()
}

fn columns(text: &str) -> usize {
    text.chars().map(|character| character.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(lines: &[MarkupLine]) -> Vec<String> {
        lines.iter().map(|line| line.iter().map(|piece| piece.text.as_str()).collect()).collect()
    }

    #[test]
    fn paragraphs_items_and_styles() {
        let lines = wrap("The **first α** is\ntoo *long*.\n\n- `a*b` one\n- two two two\n\nEnd", 12);
        assert_eq!(plain(&lines), ["The first α", "is too long.", "", "• a*b one", "• two two", "  two", "", "End"]);
        assert_eq!(lines[0][1], Piece { text: "first α".into(), style: Style::Bold });
        assert_eq!(lines[1][1], Piece { text: "long".into(), style: Style::Emphasis });
        assert_eq!(lines[3][1], Piece { text: "a*b".into(), style: Style::Code });
    }

    #[test]
    fn unbalanced_marks_are_text() {
        for text in
            ["10*x1^2 + x2", "a ** b", "**open", "`open", "*", "****", "2*x * 3*y", "x** *", "α* and 2α* and f**"]
        {
            assert_eq!(plain(&wrap(text, 40)), [text], "{text}");
        }
    }

    #[test]
    fn no_line_is_wider_than_asked_and_nothing_is_lost() {
        let text = "κ = 36: Donaudampfschifffahrtsgesellschaft 最適化 **bold words here** x\u{302} `code`";
        for width in 1..60 {
            let lines = wrap(text, width);
            assert!(lines.iter().all(|line| line_width(line) <= width.max(2)), "{width}");
            let kept: String = plain(&lines).concat().split_whitespace().collect();
            let wanted: String = text.replace(['*', '`'], "").split_whitespace().collect();
            assert_eq!(kept, wanted, "{width}");
        }
    }

    #[test]
    fn a_short_formula_stays_on_one_line() {
        assert_eq!(plain(&wrap("now let it be α = 0.5 for t = 3", 16)), ["now let it be", "α = 0.5 for", "t = 3"]);
        assert_eq!(plain(&wrap("so α = 0.5", 6)), ["so α =", "0.5"], "where it does not fit it breaks");
        assert_eq!(plain(&wrap("an = in text", 40)), ["an = in text"]);
        assert_eq!(plain(&wrap("it ends at f(−38, 0) = 10·38²", 24)), ["it ends at", "f(−38, 0) = 10·38²"]);
        assert_eq!(plain(&wrap("the sum is 0.1/(1 − exp(−λ))", 20)), ["the sum is", "0.1/(1 − exp(−λ))"]);
        assert_eq!(plain(&wrap("(a remark that is long enough)", 22)), ["(a remark that is long", "enough)"]);
    }

    #[test]
    fn short_answers_share_a_row() {
        assert_eq!(plain(&answers(&["4", "5", "never"], 20)), ["1) 4      2) 5", "3) never"]);
        assert_eq!(plain(&answers(&["four", "more than five"], 20)), ["1) four", "2) more than five"]);
    }
}
