//! The laws of the house, read off the sources: what may know what, and what nobody may do.
//!
//! Every file is read as tokens, so comments and strings are no code, and groups of imports are seen through. Code
//! under `#[cfg(test)]` is free, except of `todo!` and the like. Each law has a planted violation at the end.
#![expect(clippy::unwrap_used, reason = "in a test a file that cannot be read is a failure")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The floors, ground first; two names on one floor never import each other.
const FLOORS: &[&[&str]] =
    &[&["objective"], &["engine"], &["lesson"], &["app"], &["view", "export"], &["host"], &["command"], &["main"]];

/// Who may use a crate: the places (below `src/`) where its name may stand.
const RESERVED: &[(&str, &[&str])] = &[
    ("ratatui", &["view/", "export/", "host/"]),
    ("ratatui_core", &[]),
    ("crossterm", TERMINAL),
    ("signal_hook", &["host/"]),
    ("clap", &["command/"]),
    ("russh", &["host/ssh"]),
    ("tokio", &["host/ssh"]),
];
const TERMINAL: &[&str] = &["host/terminal.rs", "host/terminal/"];

/// Where colours have names: chosen in the theme, read out of cells where they leave as bytes.
const COLOURS: &[&str] =
    &["view/paper/theme.rs", "export/ansi.rs", "export/svg.rs", "export/palette.rs", "host/terminal/"];

/// The parts of `std` that touch the world, and the macros that print: from `host` up only.
const WORLD: &[&str] = &["fs", "io", "net", "env", "time", "thread", "process"];
const PRINTING: &[&str] = &["print", "println", "eprint", "eprintln"];
const UNFINISHED: &[&str] = &["todo", "unimplemented", "dbg"];

/// What the view may look at, but not change.
const STATE: &[&str] = &["Session", "Run", "Viewer"];

/// Rooms of the view that get a scene, which is cut at the cursor, and never the whole lesson in progress.
const CUT: &[&str] = &["view/panel.rs", "view/panel/", "view/plot/", "view/map/"];

/// What no field of a rule may be: memory belongs to the record.
const MEMORIES: &[&str] = &[
    "Cell",
    "RefCell",
    "OnceCell",
    "LazyCell",
    "UnsafeCell",
    "Mutex",
    "RwLock",
    "OnceLock",
    "LazyLock",
    "Arc",
    "Rc",
    "Matrix",
    "DMatrix",
];

/// The lists of rules, and the only file that names what stands in them: all others ask a rule what it is.
const LISTS: &[&str] = &["DirectionRule", "StepSizeRule"];
const HOME_OF_LISTS: &str = "engine/rule/list.rs";

/// The longest a file may be without its tests, and the files that may be longer, each with its reason.
const LONGEST: usize = 320;
const LONGER: &[(&str, usize)] = &[];

/// The most files that a folder may hold, and the folders that hold more: they may not grow.
const FULLEST: usize = 18;
const FULLER: &[(&str, usize)] = &[];

/// The most parameters that a function has without counting among the wide ones, the most wide functions and the most
/// boolean parameters of the program: at a call nobody can tell what stands where.
const NARROW: usize = 5;
const MOST_WIDE: usize = 10;
const MOST_FLAGS: usize = 15;

/// Names that several types have, each with its reason; at most six.
const NAMESAKES: &[(&str, &str)] = &[];

// ---------------------------------------------------------------------------------------------------------------------
// Reading

/// What code is made of, once comments are gone. Literals keep no text: nothing in them is code.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Ident(String),
    Punct(char),
    Literal,
    /// Its opening bracket, and what it holds.
    Group(char, Vec<Token>),
}

/// The tokens of a Rust source that compiles.
fn tokens(text: &str) -> Vec<Token> {
    let is_word = |char: char| char.is_alphanumeric() || char == '_';
    let mut open: Vec<(char, Vec<Token>)> = vec![(' ', Vec::new())];
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        let mut length = char.len_utf8();
        let token = if let Some(end) = comment(rest).or(char.is_whitespace().then_some(length)) {
            length = end;
            None
        } else if let Some(end) = literal(rest) {
            length = end;
            Some(Token::Literal)
        } else if is_word(char) {
            length = rest.find(|char| !is_word(char)).unwrap_or(rest.len());
            Some(if char.is_ascii_digit() { Token::Literal } else { Token::Ident(rest[..length].to_owned()) })
        } else if "([{".contains(char) {
            open.push((char, Vec::new()));
            None
        } else if ")]}".contains(char) {
            open.pop().map(|(bracket, inside)| Token::Group(bracket, inside))
        } else {
            Some(Token::Punct(char))
        };
        open.last_mut().unwrap().1.extend(token);
        rest = &rest[length..];
    }
    assert_eq!(open.len(), 1, "every bracket is closed");
    open.remove(0).1
}

/// The length of the comment that `text` begins with.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    let (mut depth, mut at) = (0, 0);
    while text.starts_with("/*") {
        let (opens, closes) = (text[at..].starts_with("/*"), text[at..].starts_with("*/"));
        at += if opens || closes { 2 } else { text[at..].chars().next().map_or(1, char::len_utf8) };
        depth += i32::from(opens) - i32::from(closes);
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The length of the string or character that `text` begins with.
fn literal(text: &str) -> Option<usize> {
    let body = text.trim_start_matches(['b', 'c']);
    let before = text.len() - body.len();
    let hashes = body.strip_prefix('r').map(|rest| rest.len() - rest.trim_start_matches('#').len());
    if let Some(hashes) = hashes.filter(|hashes| body[1 + hashes..].starts_with('"')) {
        let end = format!("\"{}", "#".repeat(hashes));
        let start = before + hashes + 2;
        return text[start..].find(&end).map(|at| start + at + end.len());
    }
    let quote = body.chars().next().filter(|char| "\"'".contains(*char))?;
    let mut inside = body.char_indices().skip(1).peekable();
    let (_, first) = *inside.peek()?;
    let is_lifetime = quote == '\'' && first != '\\' && !body[1 + first.len_utf8()..].starts_with('\'');
    while let Some((at, char)) = inside.next().filter(|_| !is_lifetime) {
        if char == '\\' {
            inside.next();
        } else if char == quote {
            return Some(before + at + 1);
        }
    }
    None
}

#[test]
fn tokens_are_code_and_nothing_else() {
    let text = "a /* b /* c */ d */ // e\n \"f \\\" g\" r#\"h \" i\"# b'\\'' '\"' 'j k 1.5e3_f64 br\"l\" rest c::{m}";
    let words = |list: &[Token]| -> Vec<String> {
        list.iter().filter_map(|token| if let Token::Ident(word) = token { Some(word.clone()) } else { None }).collect()
    };
    assert_eq!(words(&tokens(text)), ["a", "j", "k", "rest", "c"]);
    assert_eq!(tokens("{m}"), [Token::Group('{', vec![Token::Ident("m".into())])]);
}

/// A path as it stands in the code, and whether it is an import.
#[derive(Debug, Clone)]
struct Reference {
    segments: Vec<String>,
    is_import: bool,
}

/// What one file says, without its tests.
#[derive(Default)]
struct Source {
    /// Below `src/`: `engine/direction/newton.rs`.
    file: String,
    /// `engine`, `direction`, `newton`.
    module: Vec<String>,
    references: Vec<Reference>,
    /// Macros called, those in tests included.
    macros: Vec<(String, Code)>,
    /// Modules declared here.
    children: BTreeSet<String>,
    /// Types of fields of structs, and types behind `&mut`.
    fields: Vec<String>,
    borrowed_mutably: Vec<String>,
    /// Types declared outside functions.
    types: Vec<String>,
    /// Functions with many parameters, and the parameters of all functions that are `bool`.
    wide: Vec<String>,
    flags: Vec<String>,
    /// Is there a `pub use`?
    exports: bool,
    /// How many lines there are above the tests.
    lines: usize,
    first_line: String,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Code {
    Product,
    Test,
}

impl Source {
    fn read(file: &str, text: &str) -> Self {
        let stem = file.trim_end_matches(".rs").trim_end_matches("/mod");
        let mut source = Self {
            file: file.to_owned(),
            module: stem.split('/').filter(|part| *part != "lib").map(str::to_owned).collect(),
            first_line: text.lines().next().unwrap_or_default().to_owned(),
            lines: text.rsplit_once("\n#[cfg(test)]\nmod tests").map_or(text, |(above, _)| above).lines().count(),
            ..Self::default()
        };
        let (module, tokens) = (source.module.clone(), tokens(text));
        source.walk(&tokens, &module, Code::Product);
        source.types = declared(&tokens);
        source
    }

    fn floor(&self) -> Option<usize> {
        floor(self.module.first()?)
    }

    fn is_at(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.file.starts_with(place))
    }

    /// Goes through the tokens of one block; `module` is the module that the block belongs to.
    fn walk(&mut self, tokens: &[Token], module: &[String], code: Code) {
        let mut at = 0;
        while at < tokens.len() {
            let rest = &tokens[at..];
            at += match rest {
                _ if code == Code::Product && is_test_attribute(rest) => self.skip_tests(rest, module),
                [Token::Ident(word), Token::Ident(name), Token::Group(_, body), ..] if word == "mod" => {
                    let module: Vec<String> = module.iter().cloned().chain([name.clone()]).collect();
                    self.walk(body, &module, code);
                    3
                }
                [Token::Ident(word), Token::Ident(name), ..] if word == "mod" => {
                    self.children.insert(name.clone());
                    2
                }
                [Token::Ident(word), ..] if word == "use" => self.import(rest, module, code),
                [Token::Ident(word), Token::Ident(_), ..] if word == "struct" => {
                    self.structure(rest);
                    2
                }
                [Token::Ident(word), Token::Ident(name), ..] if word == "fn" && code == Code::Product => {
                    self.function(name, rest);
                    1
                }
                [Token::Punct(and), ..] if *and == '&' => {
                    self.borrow(rest);
                    1
                }
                [Token::Ident(name), Token::Punct(bang), next, ..] if *bang == '!' && !is_punct(next, '=') => {
                    self.macros.push((name.clone(), code));
                    1
                }
                [Token::Ident(_), ..] => self.path(rest, module, code),
                [Token::Group(_, group), ..] => {
                    self.walk(group, module, code);
                    1
                }
                _ => 1,
            };
        }
    }

    /// Passes by an item under `#[cfg(test)]` and hears only its macros.
    fn skip_tests(&mut self, tokens: &[Token], module: &[String]) -> usize {
        let is_end = |token: &Token| is_punct(token, ';') || matches!(token, Token::Group('{', _));
        let end = tokens.iter().position(is_end).unwrap_or(tokens.len() - 1);
        self.walk(&tokens[2..=end], module, Code::Test);
        end + 1
    }

    /// An import: every leaf of its tree.
    fn import(&mut self, tokens: &[Token], module: &[String], code: Code) -> usize {
        let end = tokens.iter().position(|token| is_punct(token, ';')).unwrap_or(tokens.len());
        if code == Code::Product {
            for segments in leaves(&tokens[1..end], &[]) {
                self.references.push(Reference { segments: self.resolve(segments, module), is_import: true });
            }
        }
        end
    }

    /// A path in the code, such as `crate::host::terminal::run`.
    fn path(&mut self, tokens: &[Token], module: &[String], code: Code) -> usize {
        let Token::Ident(first) = &tokens[0] else { return 1 };
        if first == "pub" {
            let is_shown = tokens.iter().skip(1).find(|token| !matches!(token, Token::Group(..)));
            if code == Code::Product && matches!(is_shown, Some(Token::Ident(word)) if word == "use") {
                self.exports = true;
            }
            return 1;
        }
        let (mut segments, mut at) = (vec![first.clone()], 1);
        while let [Token::Punct(one), Token::Punct(two), Token::Ident(next), ..] = &tokens[at..] {
            if (*one, *two) != (':', ':') {
                break;
            }
            segments.push(next.clone());
            at += 3;
        }
        if code == Code::Product && segments.len() > 1 {
            self.references.push(Reference { segments: self.resolve(segments, module), is_import: false });
        }
        // A macro that is called by its path: its name is the last segment.
        if segments_end_in_macro(&tokens[at..]) && at > 1 { at - 1 } else { at }
    }

    /// The same path from the root of the crate, if it is one of ours.
    fn resolve(&self, segments: Vec<String>, module: &[String]) -> Vec<String> {
        let (mut base, mut rest) = (module.to_vec(), segments.as_slice());
        match rest[0].as_str() {
            "crate" | "downhill" => base.clear(),
            "self" => {}
            "super" => {
                base.pop();
                while rest.get(1).is_some_and(|segment| segment == "super") {
                    base.pop();
                    rest = &rest[1..];
                }
            }
            child if self.children.contains(child) => base.push(child.to_owned()),
            _ => return segments,
        }
        ["crate".to_owned()].into_iter().chain(base).chain(rest[1..].iter().cloned()).collect()
    }

    /// The types of the fields of a struct.
    fn structure(&mut self, tokens: &[Token]) {
        let body = tokens.iter().take_while(|token| !is_punct(token, ';')).find_map(|token| match token {
            Token::Group('{' | '(', group) => Some(group.clone()),
            _ => None,
        });
        let mut pending = body.unwrap_or_default();
        while let Some(token) = pending.pop() {
            match token {
                Token::Ident(name) => self.fields.push(name.clone()),
                Token::Group(_, group) => pending.extend(group),
                _ => {}
            }
        }
    }

    /// How many parameters a function has, and which of them are `bool`.
    fn function(&mut self, name: &str, tokens: &[Token]) {
        let Some(Token::Group(_, inside)) = tokens.iter().find(|token| matches!(token, Token::Group('(', _))) else {
            return;
        };
        let (mut depth, mut parameters) = (0, vec![Vec::new()]);
        for (at, token) in inside.iter().enumerate() {
            let is_arrow = is_punct(token, '>') && at > 0 && is_punct(&inside[at - 1], '-');
            depth += i32::from(is_punct(token, '<')) - i32::from(is_punct(token, '>') && !is_arrow);
            if is_punct(token, ',') && depth == 0 {
                parameters.push(Vec::new());
            } else {
                parameters.last_mut().unwrap().push(token);
            }
        }
        parameters.retain(|parameter| !parameter.is_empty());
        let is_flag = |parameter: &&Vec<&Token>| matches!(parameter[..], [Token::Ident(_), colon, Token::Ident(kind)] if is_punct(colon, ':') && kind == "bool");
        self.flags.extend(parameters.iter().filter(is_flag).map(|_| name.to_owned()));
        self.wide.extend((parameters.len() > NARROW).then(|| name.to_owned()));
    }

    /// The type behind `&'a mut`.
    fn borrow(&mut self, tokens: &[Token]) {
        let rest = match tokens {
            [_, Token::Punct(tick), Token::Ident(_), rest @ ..] if *tick == '\'' => rest,
            [_, rest @ ..] => rest,
            [] => return,
        };
        if let [Token::Ident(word), rest @ ..] = rest
            && word == "mut"
        {
            let path = rest.iter().take_while(|token| matches!(token, Token::Ident(_)) || is_punct(token, ':'));
            let last = path.filter_map(|token| if let Token::Ident(name) = token { Some(name) } else { None }).last();
            self.borrowed_mutably.extend(last.map(ToString::to_string));
        }
    }
}

/// The types declared in a file or in a module inside it, without tests and associated types.
fn declared(tokens: &[Token]) -> Vec<String> {
    let is_end = |token: &Token| is_punct(token, ';') || matches!(token, Token::Group('{', _));
    let (mut types, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        let rest = &tokens[at..];
        at += match rest {
            _ if is_test_attribute(rest) => rest.iter().position(is_end).map_or(rest.len(), |end| end + 1),
            [Token::Ident(word), Token::Ident(_), Token::Group(_, body), ..] if word == "mod" => {
                types.extend(declared(body));
                3
            }
            [Token::Ident(word), Token::Ident(name), ..]
                if ["struct", "enum", "trait", "type", "union"].contains(&word.as_str()) =>
            {
                types.push(name.clone());
                2
            }
            _ => 1,
        };
    }
    types
}

fn is_punct(token: &Token, char: char) -> bool {
    matches!(token, Token::Punct(punct) if *punct == char)
}

fn is_test_attribute(tokens: &[Token]) -> bool {
    matches!(tokens, [hash, Token::Group('[', attribute), ..] if is_punct(hash, '#')
        && matches!(attribute.as_slice(), [Token::Ident(cfg), Token::Group('(', what)] if cfg == "cfg"
            && matches!(what.as_slice(), [Token::Ident(test)] if test == "test")))
}

fn segments_end_in_macro(tokens: &[Token]) -> bool {
    matches!(tokens, [bang, Token::Group(..), ..] if is_punct(bang, '!'))
}

/// The leaves of an import tree: `a::{b, c::{self, d as e}}` is `a::b`, `a::c`, `a::c::d`.
fn leaves(tokens: &[Token], before: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for branch in tokens.split(|token| is_punct(token, ',')).filter(|branch| !branch.is_empty()) {
        let (mut path, mut is_leaf) = (before.to_vec(), true);
        for token in branch {
            match token {
                Token::Ident(word) if word == "as" => break,
                Token::Ident(word) if word == "self" && !path.is_empty() => {}
                Token::Ident(word) => path.push(word.clone()),
                Token::Punct(star) if *star == '*' => path.push("*".into()),
                Token::Group(_, group) => {
                    found.extend(leaves(group, &path));
                    is_leaf = false;
                }
                _ => {}
            }
        }
        if is_leaf {
            found.push(path);
        }
    }
    found
}

fn floor(name: &str) -> Option<usize> {
    FLOORS.iter().position(|names| names.contains(&name))
}

// ---------------------------------------------------------------------------------------------------------------------
// The laws

/// Everything that is wrong with these files: `file: what, and against which law`.
fn violations(files: &[(&str, &str)]) -> Vec<String> {
    let sources: Vec<Source> = files.iter().map(|(file, text)| Source::read(file, text)).collect();
    let modules: BTreeSet<&[String]> = sources.iter().map(|source| source.module.as_slice()).collect();
    let mut wrong = Vec::new();
    for source in &sources {
        let mut say = |what: String| wrong.push(format!("{}: {what}", source.file));
        form(source, &mut say);
        for reference in &source.references {
            imports(source, reference, &modules, &mut say);
            rules(source, reference, &mut say);
            names_of_rules(source, reference, &mut say);
        }
        for (name, code) in &source.macros {
            if UNFINISHED.contains(&name.as_str()) {
                say(format!("{name}! is not for keeps"));
            }
            if *code == Code::Product && PRINTING.contains(&name.as_str()) && source.floor() < floor("host") {
                say(format!("{name}! below host"));
            }
        }
        if source.is_at(&["view/"]) {
            for name in source.borrowed_mutably.iter().filter(|name| STATE.contains(&name.as_str())) {
                say(format!("a view looks, and never takes &mut {name}"));
            }
        }
        if rule_kind(&source.module).is_some() {
            for name in &source.fields {
                if MEMORIES.contains(&name.as_str()) || name.starts_with("Atomic") {
                    say(format!("a rule holds settings only, not a {name}"));
                }
            }
        }
    }
    wrong.extend(crowds(&sources));
    wrong.extend(wide(&sources));
    wrong.extend(namesakes(&sources));
    wrong.extend(circles(&sources));
    wrong
}

/// Folders with too many files to find one in.
fn crowds(sources: &[Source]) -> Vec<String> {
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for (folder, _) in sources.iter().filter_map(|source| source.file.rsplit_once('/')) {
        *folders.entry(folder).or_default() += 1;
    }
    let most = |folder: &str| FULLER.iter().find(|(name, _)| *name == folder).map_or(FULLEST, |(_, most)| *most);
    let crowded = folders.into_iter().filter(|(folder, files)| *files > most(folder));
    crowded.map(|(folder, files)| format!("{folder}/: {files} files in a folder, at most {}", most(folder))).collect()
}

/// More wide functions, or more boolean parameters, than the program may have.
fn wide(sources: &[Source]) -> Vec<String> {
    let all = |of: fn(&Source) -> &[String]| -> Vec<String> {
        sources.iter().flat_map(|source| of(source).iter().map(|name| format!("{} in {}", name, source.file))).collect()
    };
    let (functions, flags) = (all(|source| &source.wide), all(|source| &source.flags));
    let mut wrong = Vec::new();
    if functions.len() > MOST_WIDE {
        wrong.push(format!(
            "{} functions with more than {NARROW} parameters: {}",
            functions.len(),
            functions.join(", ")
        ));
    }
    if flags.len() > MOST_FLAGS {
        wrong.push(format!("{} boolean parameters, at most {MOST_FLAGS}: {}", flags.len(), flags.join(", ")));
    }
    wrong
}

/// Types that share a name: a reader who searches for one finds the other.
fn namesakes(sources: &[Source]) -> Vec<String> {
    let mut homes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for source in sources {
        for name in &source.types {
            homes.entry(name).or_default().push(&source.file);
        }
    }
    homes.retain(|name, files| files.len() > 1 && NAMESAKES.iter().all(|(known, _)| known != name));
    homes.into_iter().map(|(name, files)| format!("{}: one name, several types: {name}", files.join(", "))).collect()
}

/// How a file looks from outside.
fn form(source: &Source, say: &mut impl FnMut(String)) {
    if !source.first_line.starts_with("//! ") {
        say("a file opens with one `//!` sentence".into());
    }
    let longest = LONGER.iter().find(|(file, _)| *file == source.file).map_or(LONGEST, |(_, lines)| *lines);
    if source.lines > longest {
        say(format!("{} lines without the tests, at most {longest}", source.lines));
    }
    if source.exports {
        say("no `pub use`: a name has one home".into());
    }
}

/// What a path may name from here.
fn imports(source: &Source, reference: &Reference, modules: &BTreeSet<&[String]>, say: &mut impl FnMut(String)) {
    let Reference { segments, is_import } = reference;
    let name = segments.join("::");
    // `crate::floor::file::Name`, or a file itself: then its functions are called as `file::function`.
    let names_file = match segments.as_slice() {
        [root, path @ ..] if root == "crate" => path.len() > 2 || (path.len() == 2 && modules.contains(path)),
        path => path.len() > 1,
    };
    let has = |segment: &str| segments.iter().any(|other| other == segment);
    if *is_import && has("*") {
        say(format!("`{name}`: an import names what it wants"));
    } else if has("prelude") {
        say(format!("`{name}`: no preludes"));
    } else if *is_import && !names_file {
        say(format!("`{name}`: an import names floor, file and name"));
    }
    for (library, places) in RESERVED {
        if has(library) && segments[0] != "crate" && !source.is_at(places) {
            say(format!("`{name}`: {library} is only for {}", places.join(", ")));
        }
    }
    if ["std", "core"].contains(&segments[0].as_str())
        && segments.get(1).is_some_and(|part| WORLD.contains(&part.as_str()))
        && source.floor() < floor("host")
    {
        say(format!("`{name}`: the world is for host and above"));
    }
    let names_color = segments.iter().rposition(|segment| segment == "Color").is_some_and(|at| at + 1 < segments.len());
    if names_color && !source.is_at(COLOURS) {
        say(format!("`{name}`: only the theme names a colour"));
    }
    if source.is_at(CUT) && has("Sitting") {
        say(format!("`{name}`: a panel gets a scene"));
    }
    if segments[0] == "crate"
        && let (Some(from), Some(to)) = (source.floor(), segments.get(1).and_then(|name| floor(name)))
        && (to > from || (to == from && segments.get(1) != source.module.first()))
    {
        say(format!("`{name}`: imports run down"));
    }
}

/// Which kind of rule a module is, if it is one.
fn rule_kind(module: &[String]) -> Option<&str> {
    match module {
        [engine, kind, _, _, ..] if engine == "engine" && ["direction", "step_size"].contains(&kind.as_str()) => {
            Some(kind)
        }
        _ => None,
    }
}

/// Rules know neither each other nor the other kind.
fn rules(source: &Source, reference: &Reference, say: &mut impl FnMut(String)) {
    let segments = &reference.segments;
    let is_kind = |name: &str| name == "direction" || name == "step_size";
    let ours = source.module.get(1).filter(|kind| source.module[0] == "engine" && is_kind(kind));
    let (Some(ours), [root, engine, theirs, rest @ ..]) = (ours, segments.as_slice()) else { return };
    if root != "crate" || engine != "engine" || !is_kind(theirs) {
        return;
    }
    let is_name =
        |name: &String| name.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_');
    // A rule is a file in one of the folders of its kind: `direction::slope::momentum`.
    let is_rule = matches!(rest, [folder, rule, ..] if is_name(folder) && is_name(rule));
    if theirs != ours {
        say(format!("`{}`: directions and step sizes never meet", segments.join("::")));
    } else if is_rule && rule_kind(&source.module).is_some() && source.module[2..4] != rest[..2] {
        say(format!("`{}`: a rule never imports another rule", segments.join("::")));
    }
}

/// Outside their list, no rule is told from another by its name.
fn names_of_rules(source: &Source, reference: &Reference, say: &mut impl FnMut(String)) {
    let is_variant = |name: &str| name.starts_with(|first: char| first.is_ascii_uppercase());
    let names_one = |pair: &[String]| LISTS.contains(&pair[0].as_str()) && (is_variant(&pair[1]) || pair[1] == "*");
    if source.file != HOME_OF_LISTS && reference.segments.windows(2).any(names_one) {
        say(format!("`{}`: only {HOME_OF_LISTS} names a rule", reference.segments.join("::")));
    }
}

/// Every circle of imports among files, told once.
fn circles(sources: &[Source]) -> Vec<String> {
    let home = |segments: &[String]| {
        (2..=segments.len()).rev().find_map(|end| sources.iter().find(|source| source.module == segments[1..end]))
    };
    let mut imports: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for source in sources {
        let known = source.references.iter().filter(|reference| reference.segments[0] == "crate");
        let targets = known.filter_map(|reference| home(&reference.segments)).map(|target| target.file.as_str());
        imports.insert(&source.file, targets.filter(|target| *target != source.file).collect());
    }
    // Files that import nothing (that is left) are in no circle; take them away until none is.
    while let Some(free) = imports.iter().find(|(_, targets)| targets.is_empty()).map(|(file, _)| *file) {
        imports.remove(free);
        for targets in imports.values_mut() {
            targets.remove(free);
        }
    }
    // Whoever is left imports somebody who is left: walk until a file comes again.
    let Some(start) = imports.keys().next() else { return Vec::new() };
    let mut way = vec![*start];
    loop {
        let next = *imports[way[way.len() - 1]].first().unwrap();
        if let Some(again) = way.iter().position(|file| *file == next) {
            way.push(next);
            return vec![format!("{}: import circle: {}", next, way[again..].join(" → "))];
        }
        way.push(next);
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// The proof

/// All Rust files below a folder, named from `src`.
fn files_below(folder: &Path, src: &Path, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, src, found);
        } else if path.extension().is_some_and(|end| end == "rs")
            && path.file_name().is_some_and(|name| name != "tests.rs")
        {
            let name = path.strip_prefix(src).unwrap().to_string_lossy().replace('\\', "/");
            found.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn the_house_stands() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::new();
    files_below(&src, &src, &mut files);
    let files: Vec<(&str, &str)> = files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
    let wrong = violations(&files);
    assert!(wrong.is_empty(), "{} against the laws of the house:\n{}", wrong.len(), wrong.join("\n"));
}

/// A small house in which all is well.
const CLEAN: &[(&str, &str)] = &[
    ("lib.rs", "//! A house.\npub mod app;\npub mod engine;"),
    ("main.rs", "//! The door.\nfn main() -> std::process::ExitCode { downhill::command::cli::run() }"),
    (
        "command/cli.rs",
        "//! Asks.\nuse clap::Parser;\nuse crate::host::terminal::{self, run};\npub fn run() { println!(\"{}\", 1); run() }",
    ),
    (
        "host/terminal.rs",
        "//! Runs.\nmod paint;\nuse std::{io, time::Instant};\nuse crossterm::terminal;\nuse crate::app::{key::Key, session::Session};\n\
         use paint::Screen;\nfn see(x: &mut Session) { paint::stroke() }",
    ),
    (
        "host/terminal/paint.rs",
        "//! Paints.\npub fn stroke() { let _ = ratatui::style::Color::Red; }\npub struct Screen;",
    ),
    ("view/paper/theme.rs", "//! Colours.\nuse ratatui::style::Color;\nconst RED: Color = Color::Red;"),
    (
        "view/screen.rs",
        "//! Lays out.\nuse crate::app::room::session::Session;\n\
         /* use crate::host::terminal::run; */\nfn draw(session: &Session, cells: &mut ratatui::buffer::Buffer) -> bool {\n\
         let text = \"std::fs::read; println!() todo!()\"; let raw = r#\"crate::host::x::y \"quoted\"\"#; let quote = '\"';\n a != b }",
    ),
    (
        "app/session.rs",
        "//! What happens.\npub struct Session;\n#[cfg(test)]\nmod tests { use super::*; use crate::host::terminal::run; fn f() { println!(); } }",
    ),
    ("app/key.rs", "//! A key.\nuse std::fmt;\npub struct Key;"),
    (
        "app/rule.rs",
        "//! Asks a rule.\nuse crate::engine::rule::list::DirectionRule;\nfn f() { DirectionRule::all() }\n\
         #[cfg(test)]\nmod tests { fn f() { DirectionRule::Newton(x) } }",
    ),
    ("engine/rule/list.rs", "//! Lists.\nfn f() { DirectionRule::Newton(x) }"),
    ("engine/direction/curved/mod.rs", "//! Directions.\npub mod newton;\npub mod bfgs;"),
    (
        "engine/direction/curved/newton.rs",
        "//! Follows the model.\nuse crate::engine::{rule::Direction, record::{Sample, Step}};\npub struct Newton { pub damping: f64 }",
    ),
    (
        "engine/record.rs",
        "//! Remembers.\nuse std::sync::Arc;\npub struct Sample;\npub struct Step { from: Arc<Sample> }",
    ),
];

#[test]
fn a_clean_house_has_no_violations() {
    assert_eq!(violations(CLEAN), Vec::<String>::new());
}

/// The clean house with one more file, or one file replaced.
fn planted(file: &'static str, text: &'static str) -> Vec<String> {
    let mut house: Vec<(&str, &str)> = CLEAN.iter().filter(|(name, _)| *name != file).copied().collect();
    house.push((file, text));
    violations(&house)
}

#[test]
fn every_law_sees_its_violation() {
    for (law, file, text) in [
        ("imports run down", "engine/run.rs", "//! X.\nuse crate::app::room::session::Session;"),
        ("imports run down", "objective/x.rs", "//! X.\nuse crate::{engine::record::Step};"),
        ("imports run down", "view/x.rs", "//! X.\nuse crate::{view::theme::X, host::terminal::{self, run}};"),
        ("imports run down", "view/x.rs", "//! X.\nfn f() { crate::host::terminal::run() }"),
        ("imports run down", "view/x.rs", "//! X.\nfn f() { vec![super::super::host::terminal::run()] }"),
        ("imports run down", "view/x.rs", "//! X.\nuse crate::export::text::write;"),
        ("imports run down", "export/x.rs", "//! X.\nuse crate::view::theme::Ink;"),
        ("imports run down", "host/x.rs", "//! X.\nfn f() -> downhill::command::cli::Ask {}"),
        ("import circle: app/a.rs → app/key.rs → app/a.rs", "app/key.rs", "//! X.\nuse crate::app::a::A;"),
        ("import circle", "host/terminal/paint.rs", "//! X.\nuse super::run;"),
        ("the world is for host", "lesson/x.rs", "//! X.\nuse std::fs;"),
        ("the world is for host", "lesson/x.rs", "//! X.\nuse std::{fmt, io::{self, Read}};"),
        ("the world is for host", "engine/x.rs", "//! X.\nfn f() { ::std::time::Instant::now(); }"),
        ("the world is for host", "view/x.rs", "//! X.\nfn f() { std::thread::spawn(|| ()); }"),
        ("println! below host", "app/x.rs", "//! X.\nfn f() { if true { println!(\"x\") } }"),
        ("eprintln! below host", "app/x.rs", "//! X.\nfn f() { std::eprintln!(\"x\") }"),
        ("ratatui is only for", "app/x.rs", "//! X.\nuse ratatui::buffer::Buffer;"),
        ("ratatui is only for", "command/x.rs", "//! X.\nfn f(cells: &mut ratatui::buffer::Buffer) {}"),
        ("crossterm is only for", "view/x.rs", "//! X.\nuse ratatui::crossterm::event::Event;"),
        ("crossterm is only for", "host/ssh.rs", "//! X.\nuse crossterm::event::Event;"),
        ("clap is only for", "app/x.rs", "//! X.\n#[derive(clap::Parser)] struct X;"),
        ("russh is only for", "host/disk.rs", "//! X.\nuse russh::server::Handler;"),
        ("only the theme", "view/x.rs", "//! X.\nuse ratatui::style::Color;\nfn f() { g(Color::Red) }"),
        ("only the theme", "view/x.rs", "//! X.\nuse ratatui::style::{Color::{Red}, Style};"),
        ("&mut Session", "view/x.rs", "//! X.\nfn f(session: &mut Session) {}"),
        ("&mut Run", "view/x.rs", "//! X.\nfn f<'a>(run: &'a mut crate::engine::run::Run) {}"),
        ("&mut Viewer", "view/x.rs", "//! X.\nstruct X<'a>(&'a mut Viewer);"),
        ("gets a scene", "view/panel/x.rs", "//! X.\nuse crate::app::room::sitting::Sitting;"),
        ("gets a scene", "view/panel/x.rs", "//! X.\nfn f(sitting: &crate::app::room::sitting::Sitting) {}"),
        ("gets a scene", "view/plot/x.rs", "//! X.\nuse crate::app::room::sitting::{Record, Sitting as Lesson};"),
        (
            "never meet",
            "engine/direction/slope/x.rs",
            "//! X.\nuse crate::engine::{step_size::search::armijo::Armijo};",
        ),
        ("never meet", "engine/step_size/search/x.rs", "//! X.\nuse crate::engine::direction::curved::newton::Newton;"),
        (
            "another rule",
            "engine/direction/slope/x.rs",
            "//! X.\nuse crate::engine::direction::curved::newton::Newton;",
        ),
        ("another rule", "engine/direction/slope/x.rs", "//! X.\nfn f() { super::super::curved::newton::solve() }"),
        (
            "settings only",
            "engine/direction/slope/x.rs",
            "//! X.\npub struct X { memory: Option<std::cell::RefCell<f64>> }",
        ),
        ("settings only", "engine/step_size/search/x.rs", "//! X.\npub struct X(f64, (Matrix, f64));"),
        ("names a rule", "view/x.rs", "//! X.\nfn f() { g(DirectionRule::Newton(x)) }"),
        ("names a rule", "lesson/x.rs", "//! X.\nfn f() { crate::engine::rule::list::StepSizeRule::Fixed(x) }"),
        ("names a rule", "app/x.rs", "//! X.\nuse crate::engine::rule::list::StepSizeRule::{Fixed, Exact};"),
        ("floor, file and name", "app/x.rs", "//! X.\nuse crate::engine::Step;"),
        ("floor, file and name", "app/x.rs", "//! X.\nuse crate::{engine::{self, record::Step}};"),
        ("names what it wants", "app/x.rs", "//! X.\nuse crate::engine::record::*;"),
        ("names what it wants", "app/x.rs", "//! X.\nmod inner { use super::*; }"),
        ("no preludes", "view/x.rs", "//! X.\nuse ratatui::prelude::Buffer;"),
        ("no `pub use`", "app/x.rs", "//! X.\npub use crate::engine::record::Step;"),
        ("no `pub use`", "app/x.rs", "//! X.\npub(crate) use crate::engine::record::Step;"),
        ("`//!` sentence", "app/x.rs", "// X.\nstruct X;"),
        ("one name, several types: Sample", "app/x.rs", "//! X.\nenum Sample { One }"),
        ("one name, several types: Key", "app/x.rs", "//! X.\nmod inner { pub type Key = u8; }"),
        ("not for keeps", "app/x.rs", "//! X.\nfn f() { todo!() }"),
        ("not for keeps", "app/x.rs", "//! X.\n#[cfg(test)]\nmod tests { fn f() { dbg!(1); } }"),
    ] {
        if law.starts_with("import circle: app/a.rs") {
            let wrong = violations(&[(file, text), ("app/a.rs", "//! X.\nuse crate::app::key::press::Key;")]);
            assert!(wrong.len() == 1 && wrong[0].contains(law), "{law}: {text}\n{wrong:?}");
            continue;
        }
        let wrong = planted(file, text);
        assert!(!wrong.is_empty() && wrong.iter().all(|line| line.contains(law)), "{law}: {file}: {text}\n{wrong:#?}");
    }
}

#[test]
fn few_functions_are_wide_and_few_parameters_are_flags() {
    let many =
        |count: usize, parameters: &str| format!("//! X.\n{}", format!("fn f({parameters}) {{}}\n").repeat(count));
    let wide = "a: u8, b: &[(u8, u8)], c: Vec<(u8, u8)>, d: fn(u8, u8) -> u8, e: u8, f: Map<u8, fn() -> u8>,";
    let narrow = "a: u8, b: &[(u8, u8)], c: Vec<(u8, u8)>, d: fn(u8, u8) -> u8, e: Map<u8, fn() -> u8>";
    let flag = "&self, is_a: bool, b: fn(bool) -> bool, c: Option<bool>";
    for (count, parameters, law) in
        [(MOST_WIDE, wide, ""), (MOST_WIDE + 1, wide, "more than 5 parameters"), (MOST_WIDE + 1, narrow, "")]
            .into_iter()
            .chain([(MOST_FLAGS, flag, ""), (MOST_FLAGS + 1, flag, "boolean parameters")])
    {
        let wrong = violations(&[("app/x.rs", &many(count, parameters))]);
        assert_eq!(wrong.len(), usize::from(!law.is_empty()), "{count} {parameters}: {wrong:?}");
        assert!(wrong.iter().all(|line| line.contains(law)), "{wrong:?}");
    }
}

#[test]
fn a_file_is_short_without_its_tests() {
    let long = |lines| {
        format!("//! X.\n{}#[cfg(test)]\nmod tests {{\n{}}}\n", "const X: u8 = 1;\n".repeat(lines), "\n".repeat(400))
    };
    assert_eq!(violations(&[("app/x.rs", &long(LONGEST - 1))]), Vec::<String>::new());
    assert_eq!(violations(&[("app/x.rs", &long(LONGEST))]).len(), 1);
}

#[test]
fn a_folder_holds_few_files() {
    let files: Vec<String> = (0..=FULLEST).map(|index| format!("engine/rule/x{index}.rs")).collect();
    let house: Vec<(&str, &str)> = files.iter().map(|file| (file.as_str(), "//! X.")).collect();
    assert_eq!(violations(&house[1..]), Vec::<String>::new());
    assert_eq!(violations(&house), ["engine/rule/: 19 files in a folder, at most 18"]);
}

#[test]
fn namesakes_are_few() {
    assert!(NAMESAKES.len() <= 6 && NAMESAKES.iter().all(|(_, reason)| !reason.is_empty()));
    // Tests, associated types and types inside functions have names of their own.
    let text = "//! X.\nimpl X { type Key = u8; }\nfn f() { struct Key; }\n#[cfg(test)]\nmod tests { struct Key; }";
    assert_eq!(planted("app/x.rs", text), Vec::<String>::new());
}

/// Where a test makes a folder of its own without a guard that takes it away again: the lines.
fn unguarded(text: &str) -> Vec<usize> {
    let is_unguarded = |line: &str| line.contains(concat!("temp_", "dir()"));
    text.lines().enumerate().filter(|(_, line)| is_unguarded(line)).map(|(index, _)| index + 1).collect()
}

/// `cargo test` leaves nothing behind in the temporary folder, also when a test fails: folders come from `tempfile`.
#[test]
fn tests_leave_nothing_behind() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    for folder in ["src", "tests", "benches"] {
        files_below(&root.join(folder), root, &mut files);
    }
    assert!(files.len() > 100);
    for (file, text) in &files {
        assert_eq!(unguarded(text), Vec::<usize>::new(), "{file}: take a folder of tempfile::tempdir()");
    }
    let planted = concat!("fn f() {\n    let folder = std::env::temp_", "dir().join(\"x\");\n}\n");
    assert_eq!(unguarded(planted), [2]);
}
