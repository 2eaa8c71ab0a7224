import Glibc

/// Columns as bare bytes in a file each, which numpy reads with `fromfile`.
enum ColumnFile {
  static func write<Element: BitwiseCopyable>(_ values: [Element], to path: String) {
    values.withUnsafeBytes { write($0, to: path) }
  }

  static func write(_ bytes: UnsafeRawBufferPointer, to path: String) {
    guard let file = fopen(path, "wb") else {
      fail("can't write \(path): \(String(cString: strerror(errno)))")
    }
    guard fwrite(bytes.baseAddress, 1, bytes.count, file) == bytes.count, fclose(file) == 0 else {
      fail("can't write \(path): \(String(cString: strerror(errno)))")
    }
  }

  static func read<Element: BitwiseCopyable>(_ path: String, as element: Element.Type) -> [Element] {
    guard let file = fopen(path, "rb") else {
      fail("can't read \(path): \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let count = ftell(file) / MemoryLayout<Element>.stride
    rewind(file)
    return [Element](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = fread(buffer.baseAddress, MemoryLayout<Element>.stride, count, file)
      if filled != count { fail("\(path) has ended early") }
    }
  }
}

func fail(_ sentence: String) -> Never {
  let line = Array("refit-kernels: \(sentence)\n".utf8)
  _ = Glibc.write(STDERR_FILENO, line, line.count)
  exit(1)
}
