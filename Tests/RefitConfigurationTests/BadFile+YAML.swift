extension BadFile {
  static let yaml = [
    BadFile(
      "duplicate key 'clock': it is already in line 5", ("clock: wall", "clock: wall\n«clock: wall"),
      beyondSchema: .spelling),
    BadFile(
      "duplicate key 'attempts': it is already in line 51",
      ("attempts: 3", "attempts: 3, «attempts: 4"), beyondSchema: .spelling),
    BadFile(
      "the anchor '&m' is not allowed: write the value where it is used",
      ("mode: promote", "mode: «&m promote"),
      beyondSchema: .spelling),
    BadFile(
      "an alias ('*m') is not allowed: write the value out, or quote it", ("mode: promote", "mode: «*m")),
    BadFile(
      "the tag 'tag:yaml.org,2002:str' is not allowed: remove it", ("mode: promote", "mode: «!!str promote"),
      beyondSchema: .spelling),
    BadFile(
      "the tag 'tag:yaml.org,2002:str' is not allowed: remove it", ("\"@weekly\"", "«!!str \"@weekly\""),
      in: SampleFile.smallest, beyondSchema: .spelling),
    BadFile(
      "the tag 'tag:yaml.org,2002:map' is not allowed: remove it", ("weekly: {", "weekly: «!!map {"),
      in: SampleFile.smallest, beyondSchema: .spelling),
    BadFile(
      "a second document begins here: a configuration file has one",
      ("version: 1\nproject: small", "---\nversion: 1\nproject: small"),
      ("run: [jobs/train]}\n", "run: [jobs/train]}\n«---\na: 1\n"), in: SampleFile.smallest),
    BadFile(
      "a directive is not allowed here: remove it", ("version: 1\n", "«%YAML 1.2\n---\nversion: 1\n"),
      beyondSchema: .spelling),
    BadFile(
      "the file is empty; Documentation/configuration.md shows what belongs in it", ("SAMPLE", "«"),
      in: "SAMPLE"),
    BadFile(
      "the file is empty; Documentation/configuration.md shows what belongs in it",
      ("SAMPLE", "«# nothing\n---\n"),
      in: "SAMPLE"),
    BadFile(
      "a tab may not be used for indentation: use spaces", ("      weekly:", "«\tweekly:"),
      in: SampleFile.smallest),
    BadFile(
      "a value that begins with '@' must be quoted", ("\"@weekly\"", "«@weekly"), in: SampleFile.smallest),
    BadFile(
      "a value that begins with '*' must be quoted", ("\"@weekly\"", "«*/5 * * * *"),
      in: SampleFile.smallest),
    BadFile(
      "a key must be text, not the number 1: write \"1\"", ("one:", "«1:"), in: SampleFile.smallest),
    BadFile(
      "a key must be text, not the boolean true: write \"true\"", ("clock: wall", "clock: wall\n«true: 1")),
    BadFile("a key must be text, not a list", ("clock: wall", "clock: wall\n«[a, b]: 1")),
    BadFile("unknown key '<<' in the file", ("clock: wall", "clock: wall\n«<<: {}")),
    BadFile("the character U+0007 is not allowed", ("clock: wall", "clock: «\u{7}wall")),
    BadFile(
      "the character U+2028 is not allowed", ("clock: wall", "clock: wall # ä«\u{2028}"),
      beyondSchema: .spelling),
    BadFile(
      "text may not hold the character U+0000", ("id: application_id, time: sc", "id: «\"a\\0\", time: sc"),
      beyondSchema: .meaning),
    BadFile(
      "nested deeper than 64 levels",
      (
        "clock: wall",
        "clock: " + String(repeating: "[", count: 63) + "«[" + String(repeating: "]", count: 64)
      )),
    BadFile(
      "did not find expected ',' or ']', while parsing a flow sequence",
      (
        "run: [jobs/prepare], outputs: [training.csv, profile/]}",
        "run: [jobs/prepare, outputs: [training.csv, profile/]«}"
      )),
    BadFile(
      "did not find expected ',' or '}', while parsing a flow mapping that begins in line 8",
      ("run: [jobs/train]}", "run: [jobs/train]\n      «score: [a]"), in: SampleFile.smallest),
    BadFile(
      "mapping values are not allowed in this context", ("clock: wall", "clock: wall«: simulated")),
  ]
}
