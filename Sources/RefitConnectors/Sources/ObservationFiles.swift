import Glibc
import RefitCore

/// Observations that other systems left as files in `state/monitoring/MODEL/`.
public enum ObservationFiles {
  /// Reads each `*.jsonl` and `*.prom` file of a directory, sorted by file name; hidden files and all other
  /// names are left alone, and a directory that does not exist holds nothing. Files are named relative to the
  /// project where they lie in it. Throws nothing: what can't be read is a rejection, and one bad line or
  /// file does not lose the others.
  ///
  /// - Parameter memory: what was read before, and need not be read again; nil: nothing.
  public static func read(
    directory: String, relativeTo project: String, now: Instant, memory: ObservationMemory? = nil
  ) -> ObservationReading {
    let place = relative(directory, to: project)
    let names: [String]
    do throws(LineRefusal) {
      names = try fileNames(in: directory)
    } catch {
      return ObservationReading(rejections: [ObservationRejection(file: place, message: error.message)])
    }
    var reading = ObservationReading()
    for name in names {
      let (path, file) = (directory + "/" + name, place + "/" + name)
      let former = memory?.known[file]
      if let former, RegularFile.isUnchanged(path, since: former) { continue }
      let one = readFile(path, called: file, now: now, memory, former)
      reading.observations += one.observations
      reading.rejections += one.rejections
      if one.rejections.isEmpty { reading.readThrough.merge(one.readThrough) { $1 } }
    }
    return reading
  }

  private static func readFile(
    _ path: String, called file: String, now: Instant, _ memory: ObservationMemory?,
    _ former: ObservationMemory.ReadThrough?
  ) -> ObservationReading {
    do throws(LineRefusal) {
      let content = try RegularFile.read(path)
      if file.hasSuffix(".jsonl") {
        // It grows at its end while it is read, which is what JSON lines are for; half a line waits.
        guard let memory else { return RefitJSONLines.parse(content.bytes, file: file, now: now) }
        let fresh = memory.fresh(content.bytes, since: former)
        var reading = RefitJSONLines.parse(Array(fresh), file: file, now: now)
        // What is wrong is told by its place in the whole file.
        if !reading.rejections.isEmpty { return RefitJSONLines.parse(content.bytes, file: file, now: now) }
        reading.readThrough[file] = memory.readThrough(content)
        return reading
      }
      if content.changedWhileRead {
        throw LineRefusal("it changed while it was being read; write it under another name and rename it")
      }
      return PrometheusText.parse(content.bytes, file: file, modified: content.modified, now: now)
    } catch {
      return ObservationReading(rejections: [ObservationRejection(file: file, message: error.message)])
    }
  }

  /// In byte order, so that it is the same order everywhere.
  private static func fileNames(in directory: String) throws(LineRefusal) -> [String] {
    guard let stream = opendir(directory) else {
      if errno == ENOENT { return [] }
      throw LineRefusal("it can't be read: \(RegularFile.reason())")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if !name.hasPrefix("."), name.hasSuffix(".jsonl") || name.hasSuffix(".prom") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func relative(_ path: String, to project: String) -> String {
    func trimmed(_ text: String) -> Substring {
      var text = text[...]
      while text.count > 1, text.last == "/" { text.removeLast() }
      return text
    }
    let (path, project) = (trimmed(path), trimmed(project))
    let prefix = project == "/" ? "/" : project + "/"
    return String(path.hasPrefix(prefix) ? path.dropFirst(prefix.count) : path)
  }
}
