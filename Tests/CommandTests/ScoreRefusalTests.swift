import RefitTesting
import Testing

/// What `refit score` says of options and files that can't be used.
@Suite struct ScoreRefusalTests: ScoreCommandCase {
  @Test(arguments: [
    (
      ["--task", "regression", "--label", "y", "--score", "p"], "--score is for --task binary-classification"
    ),
    (["--task", "binary-classification", "--label", "y"], "give --score, --prediction or both"),
    (
      ["--task", "regression", "--label", "y", "--prediction", "p", "--quantiles", "1.5=p"],
      "'1.5' is not over 0 and under 1"
    ),
    (["--task", "multiclass-classification", "--label", "y", "--scores", "a"], "'a' is no name=column"),
    (binary + ["--lift", "0.1,1.1"], "--lift: '1.1' is no share over 0 and at most 1, such as 0.1"),
    (binary + ["--costs", "fp=1"], "--costs needs fp and fn, such as fp=5,fn=1"),
    (binary + ["--costs", "fp=1,fn=2,fx=3"], "--costs: 'fx' is no outcome; there are fp, fn, tp and tn"),
    (binary + ["--costs", "fp=much,fn=2"], "--costs: 'much' is no finite number"),
    (
      ["--task", "regression", "--label", "y", "--prediction", "p", "--lift", "0.1"],
      "--lift is for --task binary-classification"
    ),
    (binary + ["--margin", "0.01"], "--margin needs a champion"),
    (binary + ["--against", "old.csv", "--margin=-1"], "--margin is a number from 0 on"),
    (binary + ["--against", "old.csv", "--against-score", "p"], "two champions"),
    (binary + ["--id", "id"], "it needs --labels or --against"),
    (
      ["--task", "multiclass-classification", "--label", "y", "--scores", "1=p,1.0=id"],
      "--scores names class '1' twice"
    ),
    (binary + ["--confidence", "1"], "--confidence is at least 0.5 and at most 0.999999999"),
    (binary + ["--prediction", "p", "--threshold", "0.3"], "leave out --threshold"),
    (binary + ["--groups", "\"sex"], "--groups: a quote in '\"sex' is not closed"),
    (binary + ["--groups", "sex,,id"], "--groups: there is an empty name in 'sex,,id'"),
    (binary + ["--groups", "sex", "--groups", "\"sex\""], "--groups names 'sex' twice"),
    (
      ["--task", "multiclass-classification", "--label", "y", "--scores", "\"a\"=p"],
      "--scores: in '\"a\"=p' something stands behind a closing quote"
    ),
    (binary + ["--groups", "sex,sex"], "--groups names 'sex' twice"),
    (binary + ["--groups", "sexx"], "new.csv:1: there is no column 'sexx'; did you mean 'sex'?"),
    (binary + ["--report", "new.csv"], "--report would replace new.csv"),
    (binary + ["--against", "old.csv", "--margin", "0.1", "--metric", "rmse"], "'rmse' was not compared"),
    (["--task", "binary-classification", "--label", "y", "--score", "sex"], "new.csv:2:"),
  ])
  func `a wrong option is refused with what would be right`(options: [String], reason: String) throws {
    let scratch = try files(predictions(30, seed: 1), old: predictions(30, seed: 2))
    let command = try score(scratch, options)
    #expect(command.status == 64)
    #expect(command.output.isEmpty)
    #expect(command.errors.contains(reason), "\(command.errors)")
  }

  @Test(arguments: [
    ("y,p\n1,0.5\n0,\n", "new.csv:3: column 'p' is missing in a row that has a label"),
    ("y,p\n1,0.5\n0,inf\n", "new.csv:3: column 'p' is not finite"),
    ("y,p\n1,0.5\n0,high\n", "new.csv:3:3: column 'p': 'high' is not a number"),
    ("y,p\nyes,0.5\nno,0.1\n", "say which label is positive with --positive"),
    ("y,p\n", "new.csv: there are no rows"), ("y,p\n,0.4\n", "no row has a label in column 'y'"),
  ])
  func `a value that can't be used is named with its place`(csv: String, reason: String) throws {
    let command = try score(try files(csv), Self.binary)
    #expect(command.status == 64)
    #expect(command.errors.contains(reason), "\(command.errors)")
  }

  @Test(arguments: [
    (
      ["--positive", "yes"], "y,p\nyes,0.5\nno,0.1\nperhaps,0.2\n",
      "new.csv:4: the labels in column 'y' have more than two"
    ),
    (
      ["--positive", "yes", "--prediction", "s"], "y,p,s\nyes,0.5,yes\nno,0.1,nope\n",
      "new.csv:3: the prediction 'nope'"
    ),
    (["--weight", "w"], "y,p,w\n1,0.5,1\n0,0.1,-1\n", "new.csv:3: the weight in column 'w' is negative"),
    (
      ["--against", "old.csv"], "id,y,p\na,1,0.5\na,0,0.1\n",
      "new.csv:3: the id 'a' in column 'id' is there twice; the first"
    ),
    (
      ["--against", "old.csv"], "id,y,p\nb,1,0.5\nx,0,0.1\n",
      "old.csv:3: the label '0' is not the one at new.csv:2, '1'"
    ),
    (["--against", "old.csv"], "id,y,p\nu,1,0.5\nv,0,0.1\n", "there is nothing to compare"),
    (["--against", "old.csv", "--id", "row"], "row,y,p\nb,1,0.5\n", "old.csv:1: there is no column 'row'"),
  ])
  func `files that don't fit together are named with the lines`(
    options: [String], csv: String, reason: String
  ) throws {
    let scratch = try files(csv, old: "id,y,p\na,1,0.5\nb,0,0.4\n")
    let command = try score(scratch, Self.binary + options)
    #expect(command.status == 64)
    #expect(command.errors.contains(reason), "\(command.errors)")
  }
}
