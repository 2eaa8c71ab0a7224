import Foundation

/// Judges files by the JSON Schema, with Python's `jsonschema`, and PyYAML for a second reading of YAML 1.2.
enum SchemaOracle {
  struct Unavailable: Error, CustomStringConvertible {
    let description: String
  }

  /// For each file why it is refused, or nil.
  static func objections(to files: [String]) throws -> [String?] {
    let process = Process()
    guard FileManager.default.isExecutableFile(atPath: Repository.python) else {
      throw Unavailable(
        description:
          "\(Repository.python) is missing: `make test` makes it from Tests/Oracles/requirements.txt")
    }
    process.executableURL = URL(fileURLWithPath: Repository.python)
    let schema = Repository.root.appending(path: "Documentation/refit.schema.json").path
    process.arguments = ["-c", script, schema]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let request = try JSONEncoder().encode(files)
    Thread.detachNewThread {
      input.fileHandleForWriting.write(request)
      input.fileHandleForWriting.closeFile()
    }
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Unavailable(description: "the schema oracle ended with status \(process.terminationStatus)")
    }
    return try JSONDecoder().decode([String?].self, from: answer)
  }

  private static let script = #"""
    import json, re, sys, yaml
    from jsonschema import Draft202012Validator

    class Core(yaml.SafeLoader):
        "YAML 1.2's core schema in the place of PyYAML's 1.1."
        yaml_implicit_resolvers = {}

    def number(loader, node):
        text = node.value
        if text[:2] in ("0o", "0x"):
            return int(text[2:], 8 if text[1] == "o" else 16)
        if re.fullmatch("[-+]?[0-9]+", text):
            return int(text)
        return float(text.replace(".inf", "inf").replace(".nan", "nan").replace(".Inf", "inf"))

    for tag, pattern in [
        ("null", r"~|null|Null|NULL|"),
        ("bool", r"true|True|TRUE|false|False|FALSE"),
        ("float", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
                  r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"),
    ]:
        Core.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile("^(?:" + pattern + r")\Z"), None)
    Core.add_constructor("tag:yaml.org,2002:float", number)

    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)

    def objection(text):
        try:
            value = yaml.load(text, Core)
        except (yaml.YAMLError, ValueError) as error:
            return "not YAML: " + str(error)
        try:
            error = next(iter(validator.iter_errors(value)), None)
        except TypeError as error:
            return "a key is no text: " + str(error)
        return error and "%s: %s" % (error.json_path, error.message)

    json.dump([objection(text) for text in json.load(sys.stdin)], sys.stdout)
    """#
}
