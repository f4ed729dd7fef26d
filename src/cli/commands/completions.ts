import type { Command, CommandEntry, OptionSpec } from "../command.ts";
import {
  COMMON_OPTIONS,
  FLEET_OPTIONS,
  optionsOf,
  TARGET_OPTIONS,
} from "../command_line.ts";
import { SUCCESS, UsageError } from "../failures/command_error.ts";
import { ACTION_NAMES, EVENT_NAMES } from "../names.ts";
import { PARAMETERS } from "../parameters.ts";
import { hint } from "../failures/nearest.ts";

/** A command, as far as a shell needs to know it. */
interface Known {
  name: string;
  summary: string;
  options: [name: string, spec: OptionSpec][];
  completes: Command["completes"];
}

async function knownCommands(
  commands: readonly CommandEntry[],
): Promise<Known[]> {
  const help: Known = {
    name: "help",
    summary: "Show help for a command",
    options: [],
    completes: commands.map(({ name }) => name),
  };
  const known = commands.map(async ({ name, summary, load }) => {
    const command = await load();
    const options = Object.entries(optionsOf(command));
    return { name, summary, options, completes: command.completes };
  });
  return [...await Promise.all(known), help];
}

/** The options that may stand before the command. */
const FIRST_OPTIONS: [string, OptionSpec][] = [
  ...Object.entries(COMMON_OPTIONS),
  ...Object.entries(TARGET_OPTIONS),
  ...Object.entries(FLEET_OPTIONS),
  ["version", { summary: "Show the version" }],
];

/** The options that have a value, as they stand on a command line. A letter may mean another option elsewhere. */
function valueOptions(
  options: readonly (readonly [string, OptionSpec])[],
  isWanted: (spec: OptionSpec) => boolean = () => true,
): string {
  const names = options.flatMap(([name, spec]) =>
    spec.value !== undefined && isWanted(spec) ? [`--${name}`] : []
  );
  return [...new Set(names)].join("|");
}

/** Reports whether a file is the value of an option. */
function isFile({ completes }: OptionSpec): boolean {
  return completes === "file";
}

function allOptions(commands: readonly Known[]): [string, OptionSpec][] {
  return commands.flatMap(({ options }) => options);
}

/**
 * Returns the words that may follow a command or an option, in the syntax of a
 * shell: the long lists of names are in the script once, as variables.
 */
function choices(
  completes: Command["completes"] | OptionSpec["completes"],
): string {
  switch (completes) {
    case undefined:
    case "file":
      return "";
    case "action":
      return "$_dami_actions";
    case "event":
      return "$_dami_events";
    default:
      return completes.join(" ");
  }
}

/** The actions with their parameters, each as the beginning of a header: `Queue=`. */
const HEADERS: readonly (readonly [action: string, headers: string])[] = Object
  .entries(PARAMETERS).map(([action, names]) => [
    action,
    names.split(" ").map((name) => `${name}=`).join(" "),
  ]);

/** Returns the branches of a `case` of bash and zsh that set the headers of an action. */
function headerCases(open: string): string {
  return HEADERS.map(([action, headers]) =>
    `    ${open}${action}) headers=(${headers}) ;;`
  ).join("\n");
}

/** A text between single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function dashed(options: readonly (readonly [string, OptionSpec])[]): string {
  return options.map(([name]) => `--${name}`).join(" ");
}

/** The options whose value is one of a few, each with those. */
function optionChoices(commands: readonly Known[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, { completes }] of allOptions(commands)) {
    const words = choices(completes);
    if (words !== "") found.set(`--${name}`, words);
  }
  return found;
}

function bash(commands: readonly Known[]): string {
  const options = allOptions(commands);
  const cases = commands.map(({ name, options, completes }) => {
    const file = completes === "file" ? " compopt -o default 2>/dev/null;" : "";
    const words = choices(completes);
    // After the name of an action, its parameters follow.
    const more = completes === "action"
      ? `; [[ -z $action ]] && words+=" ${words}" || _dami_headers`
      : words === ""
      ? ""
      : `; words+=" ${words}"`;
    return `    ${name})${file} words=${quoted(dashed(options))}${more} ;;`;
  });
  const names = commands.map(({ name }) => name).join(" ");
  const values = [...optionChoices(commands)].map(([option, words]) =>
    `    ${option}) COMPREPLY=($(compgen -W "${words}" -- "$current")); return ;;`
  );
  return `# Completions of dami for bash: eval "$(dami completions bash)"
_dami_actions=${quoted(ACTION_NAMES.join(" "))}
_dami_events=${quoted(EVENT_NAMES.join(" "))}
_dami_headers() {
  local headers=()
  # The value of a header is nobody's to complete; bash takes the sign for a word.
  [[ $current == '=' || $previous == '=' ]] && return
  case $action in
${headerCases("")}
  esac
  words+=" \${headers[*]}"
  [[ $current == -* ]] || compopt -o nospace 2>/dev/null
}
_dami() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local command='' action='' words='' index
  COMPREPLY=()
  case $previous in
    ${valueOptions(options, isFile)}) compopt -o default 2>/dev/null; return ;;
${values.map((line) => `${line}\n`).join("")}    ${
    valueOptions(options)
  }) return ;;
  esac
  for ((index = 1; index < COMP_CWORD; index++)); do
    case \${COMP_WORDS[index]} in
      ${valueOptions([...FIRST_OPTIONS, ...options])}) ((index++)) ;;
      -*|dami:*|damis:*) ;;
      *)
        if [[ -z $command ]]; then command=\${COMP_WORDS[index]}
        else action=\${COMP_WORDS[index]}; break; fi ;;
    esac
  done
  case $command in
    '') words=${quoted(`${names} ${dashed(FIRST_OPTIONS)}`)} ;;
${cases.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _dami dami
`;
}

/** A name and its description, in the syntax of zsh. */
function described(name: string, summary: string): string {
  return quoted(`${name.replaceAll(":", "\\:")}:${summary}`);
}

/** Lets zsh split a variable into its words. */
function zshWords(words: string): string {
  return words.replace(/^\$/, "$=");
}

function zsh(commands: readonly Known[]): string {
  const optionList = (options: readonly (readonly [string, OptionSpec])[]) =>
    options.map(([name, { summary }]) => described(`--${name}`, summary))
      .join(" ");
  const options = allOptions(commands);
  const values = [...optionChoices(commands)].map(([option, words]) =>
    `    (${option}) compadd -- ${zshWords(words)}; return ;;`
  );
  const cases = commands.map(({ name, options, completes }) => {
    const file = completes === "file" ? " _files;" : "";
    const words = zshWords(choices(completes));
    const more = completes === "action"
      ? `if [[ -z $action ]]; then words_of=(${words}); else _dami_headers; fi;`
      : `words_of=(${words});`;
    return `    (${name}) options=(${optionList(options)}); ${more}${file} ;;`;
  });
  return `#compdef dami
# Completions of dami for zsh: dami completions zsh > a folder of $fpath/_dami
typeset -g _dami_actions=${quoted(ACTION_NAMES.join(" "))}
typeset -g _dami_events=${quoted(EVENT_NAMES.join(" "))}
_dami_headers() {
  local -a headers
  [[ $PREFIX == *=* ]] && return
  case $action in
${headerCases("(")}
  esac
  (( $#headers )) && compadd -S '' -- $headers
}
_dami() {
  local command action word
  local -a options commands words_of
  integer index=2
  case $words[CURRENT-1] in
    (${valueOptions(options, isFile)}) _files; return ;;
${values.map((line) => `${line}\n`).join("")}    (${
    valueOptions(options)
  }) return ;;
  esac
  while (( index < CURRENT )); do
    word=$words[index]
    case $word in
      (${valueOptions([...FIRST_OPTIONS, ...options])}) (( index++ )) ;;
      (-*|dami:*|damis:*) ;;
      (*) if [[ -z $command ]]; then command=$word; else action=$word; break; fi ;;
    esac
    (( index++ ))
  done
  case $command in
    ('')
      commands=(${
    commands.map(({ name, summary }) => described(name, summary)).join(" ")
  })
      options=(${optionList(FIRST_OPTIONS)})
      _describe command commands
      ;;
${cases.join("\n")}
  esac
  (( $#words_of )) && compadd -a words_of
  [[ $PREFIX == -* ]] && _describe option options
  return 0
}
if [[ $funcstack[1] == _dami ]]; then _dami; else compdef _dami dami; fi
`;
}

/** The function of fish that looks for words before the cursor. */
const SEEN = "__fish_seen_subcommand_from";

function fish(commands: readonly Known[]): string {
  const text = (summary: string) =>
    `'${summary.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  const names = commands.map(({ name }) => name).join(" ");
  const option = (condition: string, name: string, spec: OptionSpec) => {
    const words = choices(spec.completes);
    return [
      "complete -c dami",
      `-n ${text(condition)}`,
      `-l ${name}`,
      spec.short === undefined ? "" : `-s ${spec.short}`,
      spec.value === undefined
        ? ""
        : spec.completes === "file"
        ? "-r -F"
        : `-x${words === "" ? "" : ` -a ${text(words)}`}`,
      `-d ${text(spec.summary)}`,
    ].filter((part) => part !== "").join(" ");
  };
  const first = `not ${SEEN} ${names}`;
  const lines = [
    "# Completions of dami for fish: dami completions fish | source",
    `set -g _dami_actions ${ACTION_NAMES.join(" ")}`,
    `set -g _dami_events ${EVENT_NAMES.join(" ")}`,
    "complete -c dami -f",
    ...commands.map(({ name, summary }) =>
      `complete -c dami -n ${text(first)} -a ${name} -d ${text(summary)}`
    ),
    ...FIRST_OPTIONS.map(([name, spec]) => option(first, name, spec)),
  ];
  for (const { name, options, completes } of commands) {
    const condition = `${SEEN} ${name}`;
    lines.push(
      ...options.map(([each, spec]) => option(condition, each, spec)),
    );
    const words = choices(completes);
    const here = `complete -c dami -n ${text(condition)}`;
    if (completes === "action") {
      const noAction = `${condition}; and not ${SEEN} $_dami_actions`;
      lines.push(
        `complete -c dami -n ${text(noAction)} -a ${text(words)}`,
        ...HEADERS.map(([action, headers]) =>
          `complete -c dami -n ${
            text(`${condition}; and ${SEEN} ${action}`)
          } -a ${text(headers)}`
        ),
      );
    } else if (words !== "") lines.push(`${here} -a ${text(words)}`);
    if (completes === "file") lines.push(`${here} -F`);
  }
  return `${lines.join("\n")}\n`;
}

const SHELLS: ReadonlyMap<string, (commands: readonly Known[]) => string> =
  new Map([["bash", bash], ["zsh", zsh], ["fish", fish]]);

/** `dami completions`: a script that completes command lines. */
export const completions: Command = {
  usage: "bash|zsh|fish",
  description:
    `Prints a script that makes a shell complete the command lines of dami:
commands, options, and the names of actions, parameters and events.`,
  options: {},
  examples: [
    {
      line: `echo 'eval "$(dami completions bash)"' >> ~/.bashrc`,
      summary: "For bash",
    },
    {
      line: `dami completions zsh > "\${fpath[1]}/_dami"`,
      summary: "For zsh",
    },
    {
      line: "dami completions fish > ~/.config/fish/completions/dami.fish",
      summary: "For fish",
    },
  ],
  completes: [...SHELLS.keys()],
  connects: false,
  run: async ({ args, output, commands }) => {
    const [shell = "", more] = args.words;
    const write = SHELLS.get(shell);
    if (write === undefined || more !== undefined) {
      const known = "write bash, zsh or fish";
      throw new UsageError(
        shell === ""
          ? `No shell was given: ${known}`
          : more !== undefined
          ? `Too many arguments: ${known}`
          : `No completions for '${shell}': ${
            hint(shell, SHELLS.keys(), known)
          }`,
      );
    }
    output.write(write(await knownCommands(commands)));
    return SUCCESS;
  },
};
