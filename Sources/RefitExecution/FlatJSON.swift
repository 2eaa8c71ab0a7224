import FoundationEssentials
import RefitCore

/// The flat objects that jobs report: names with numbers, texts or truth values.
enum FlatJSON {
  /// The object's canonical text.
  ///
  /// - Throws: a sentence when it is too large, is no JSON, is no flat object, or has a number that is not finite.
  static func read(_ path: String, name: String) throws(DataError) -> String {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path, limit: 1 << 20) } catch {
      throw DataError(error, of: name)
    }
    do {
      let object = try JSONDecoder().decode([String: Scalar].self, from: Data(bytes))
      if let key = keyThatStandsTwice(in: bytes) { throw DataError("\(name): the key '\(key)' stands twice") }
      return Payload.object(object.mapValues(\.payload)).json
    } catch let error as DataError {
      throw error
    } catch let error as DecodingError {
      throw DataError(
        "\(name) must be a flat JSON object with finite numbers: \(Self.cause(of: error, in: bytes))")
    } catch {
      throw DataError("\(name) must be a flat JSON object with finite numbers: \(error)")
    }
  }

  /// A key of a flat object, known to be one, that it has twice: the decoder would take either.
  private static func keyThatStandsTwice(in bytes: [UInt8]) -> String? {
    var keys: Set<ArraySlice<UInt8>> = []
    var start: Int?
    var last: ArraySlice<UInt8>?
    var isEscaped = false
    for (index, byte) in bytes.enumerated() {
      if let begun = start {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          last = bytes[begun..<index]
          start = nil
        }
      } else if byte == UInt8(ascii: "\"") {
        start = index + 1
      } else if byte == UInt8(ascii: ":"), let key = last, !keys.insert(key).inserted {
        return String(decoding: key, as: UTF8.self)
      }
    }
    return nil
  }

  /// What is wrong; a NaN or an infinity, as Python writes them, is called by its name.
  private static func cause(of error: DecodingError, in bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    if let word = ["NaN", "Infinity"].first(where: text.contains) {
      return "it has \(word), which JSON does not know"
    }
    return sentence(error)
  }

  static func sentence(_ error: DecodingError) -> String {
    switch error {
    case .dataCorrupted(let context), .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context):
      let place = context.codingPath.map(\.stringValue).joined(separator: ".")
      let cause = context.underlyingError.map { " (\($0))" } ?? ""
      let text = context.debugDescription
      let description = text.hasSuffix(".") ? String(text.dropLast()) : text
      return place.isEmpty
        ? "\(description)\(cause)" : "at '\(place)': \(description)"
    @unknown default: return "\(error)"
    }
  }

  /// A value that is neither a list nor an object, nor null, nor a number that is not finite.
  private struct Scalar: Decodable {
    let payload: Payload

    init(from decoder: any Decoder) throws {
      payload = try Payload(from: decoder)
      switch payload {
      case .flag, .whole, .text: return
      case .number(let number) where number.isFinite: return
      case .number, .null, .list, .object:
        throw DecodingError.dataCorrupted(
          .init(
            codingPath: decoder.codingPath,
            debugDescription: "neither a finite number, a text nor true or false"))
      }
    }
  }
}

/// The data sets that a job says it has read.
enum DeclaredInputs {
  private struct Entry: Decodable {
    var name: String
    var uri: String
    var sha256: String?
  }

  /// A local path is hashed here; of anything else the job's own word is recorded.
  static func read(
    _ path: String, attempt: Attempt.Key, in project: ProjectDirectory
  ) throws(DataError) -> [ArtifactUse] {
    do {
      let bytes = try FileBytes.read(path, limit: 1 << 20)
      return try JSONDecoder().decode([Entry].self, from: Data(bytes)).compactMap { entry in
        let artifact: Artifact
        if !entry.uri.contains("://") {
          let path = project.absolute(entry.uri)
          if FileBytes.isOfKernel(path) {
            throw DataError("'\(entry.uri)' is of the kernel, and no data set")
          }
          artifact = try FileDigest.artifact(at: path)
        } else if let digest = entry.sha256.flatMap(Digest.init) {
          artifact = Artifact(digest: digest, form: .file, bytes: 0)
        } else {
          throw DataError("'\(entry.name)' is not a local file, and has no 'sha256'")
        }
        return ArtifactUse(
          artifact: artifact, direction: .input, role: .dataset, name: entry.uri, attempt: attempt)
      }
    } catch let error as DecodingError {
      throw DataError("inputs.json: \(FlatJSON.sentence(error))")
    } catch {
      throw DataError(error, prefix: "inputs.json: ")
    }
  }
}
