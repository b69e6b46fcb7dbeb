import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.MMapDirectory;

/**
 * Measures Lucene in the same steps as measure-peer.mjs: java LucenePeer CONFIG.json. One thread builds, one searches;
 * the index is merged into one segment, within the time of the build.
 */
public final class LucenePeer {
  private static final int BATCH = 1000;
  private static final int TOP = 10;

  public static void main(String[] args) throws IOException {
    Map<String, String> config = readConfig(Path.of(args[0]));
    Path folder = Path.of(config.get("folder"));
    deleteAll(folder);
    Files.createDirectories(folder);
    List<String> ids = new ArrayList<>();
    try (Analyzer analyzer = new ReferenceAnalyzer();
        MMapDirectory directory = new MMapDirectory(folder)) {
      double buildSeconds = build(directory, analyzer, config, ids);
      List<String> queries = Files.readAllLines(Path.of(config.get("queries"))).stream().map(line -> line.split("\t")[1]).toList();
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
        searcher.setQueryCache(null);
        String asked = ask(searcher, analyzer, queries, config, ids);
        System.gc();
        String result =
            "{\"buildSeconds\":" + buildSeconds + ",\"bytesOnDisk\":" + folderBytes(folder) + ",\"rssBytes\":" + status("VmRSS")
                + ",\"peakRssBytes\":" + status("VmHWM") + "," + asked + "}";
        Files.writeString(Path.of(config.get("result")), result);
      }
    }
  }

  /** Lucene's own chain that is closest to the bench's reference analysis. */
  private static final class ReferenceAnalyzer extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      StandardTokenizer source = new StandardTokenizer();
      TokenStream words = new LowerCaseFilter(new EnglishPossessiveFilter(source));
      return new TokenStreamComponents(source, new PorterStemFilter(new StopFilter(words, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET)));
    }
  }

  private static double build(MMapDirectory directory, Analyzer analyzer, Map<String, String> config, List<String> ids) throws IOException {
    IndexWriterConfig options = new IndexWriterConfig(analyzer).setRAMBufferSizeMB(256).setMergeScheduler(new SerialMergeScheduler());
    options.setSimilarity(new BM25Similarity(1.2f, 0.75f));
    FieldType type = new FieldType();
    type.setTokenized(true);
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.freeze();
    int count = Integer.parseInt(config.get("count"));
    long nanos = 0;
    try (IndexWriter writer = new IndexWriter(directory, options);
        BufferedReader lines = Files.newBufferedReader(Path.of(config.get("documents")))) {
      List<String> batch = new ArrayList<>();
      String line;
      do {
        line = ids.size() < count ? lines.readLine() : null;
        if (line != null) {
          String[] parts = line.split("\t", 3);
          ids.add(parts[0]);
          batch.add(parts[1] + " " + parts[2]);
        }
        if (batch.size() == BATCH || line == null) {
          long started = System.nanoTime();
          addAll(writer, batch, type, ids.size() - batch.size());
          nanos += System.nanoTime() - started;
          batch.clear();
        }
      } while (line != null);
      long started = System.nanoTime();
      writer.forceMerge(1);
      writer.commit();
      nanos += System.nanoTime() - started;
    }
    return nanos / 1e9;
  }

  private static void addAll(IndexWriter writer, List<String> texts, FieldType type, int first) throws IOException {
    for (int at = 0; at < texts.size(); at++) {
      Document document = new Document();
      document.add(new NumericDocValuesField("n", first + at));
      document.add(new Field("text", texts.get(at), type));
      writer.addDocument(document);
    }
  }

  private static String ask(IndexSearcher searcher, Analyzer analyzer, List<String> queries, Map<String, String> config, List<String> ids)
      throws IOException {
    double budget = Double.parseDouble(config.get("budgetSeconds")) * 1e9;
    double warmup = Double.parseDouble(config.get("warmupSeconds")) * 1e9;
    int runs = Integer.parseInt(config.get("runs"));
    List<String> answers = new ArrayList<>();
    long begun = System.nanoTime();
    for (String query : queries) {
      answers.add(quoteAll(search(searcher, analyzer, query), ids));
      if (System.nanoTime() - begun > budget / 2) break;
    }
    while (System.nanoTime() - begun < warmup) {
      for (int at = 0; at < answers.size(); at++) search(searcher, analyzer, queries.get(at));
    }
    List<String> rounds = new ArrayList<>();
    long timed = System.nanoTime();
    for (int round = 0; round < runs && (round == 0 || System.nanoTime() - timed < budget); round++) {
      List<String> times = new ArrayList<>();
      for (int at = 0; at < answers.size(); at++) {
        long started = System.nanoTime();
        search(searcher, analyzer, queries.get(at));
        times.add(Double.toString((System.nanoTime() - started) / 1e6));
      }
      rounds.add("[" + String.join(",", times) + "]");
    }
    return "\"answers\":[" + String.join(",", answers) + "],\"rounds\":[" + String.join(",", rounds) + "]";
  }

  private static int[] search(IndexSearcher searcher, Analyzer analyzer, String query) throws IOException {
    BooleanQuery.Builder anyWord = new BooleanQuery.Builder();
    try (TokenStream words = analyzer.tokenStream("text", query)) {
      CharTermAttribute word = words.addAttribute(CharTermAttribute.class);
      words.reset();
      while (words.incrementToken()) anyWord.add(new TermQuery(new Term("text", word.toString())), BooleanClause.Occur.SHOULD);
      words.end();
    }
    ScoreDoc[] hits = searcher.search(anyWord.build(), TOP).scoreDocs;
    LeafReader leaf = searcher.getIndexReader().leaves().get(0).reader();
    int[] found = new int[hits.length];
    for (int at = 0; at < hits.length; at++) {
      NumericDocValues numbers = leaf.getNumericDocValues("n");
      numbers.advanceExact(hits[at].doc);
      found[at] = (int) numbers.longValue();
    }
    return found;
  }

  private static String quoteAll(int[] found, List<String> ids) {
    List<String> quoted = new ArrayList<>();
    for (int at : found) quoted.add("\"" + ids.get(at) + "\"");
    return "[" + String.join(",", quoted) + "]";
  }

  /** The configuration is one flat object of strings and numbers that the bench wrote. */
  private static Map<String, String> readConfig(Path file) throws IOException {
    Matcher pairs = Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|([\\d.]+))").matcher(Files.readString(file));
    Map<String, String> config = new HashMap<>();
    while (pairs.find()) config.put(pairs.group(1), pairs.group(2) != null ? pairs.group(2) : pairs.group(3));
    return config;
  }

  private static long status(String name) throws IOException {
    String line = Files.readAllLines(Path.of("/proc/self/status")).stream().filter(each -> each.startsWith(name)).findFirst().orElse("0 0");
    return Long.parseLong(line.replaceAll("\\D+", "")) * 1024;
  }

  private static long folderBytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.collect(Collectors.summingLong(file -> file.toFile().length()));
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) Files.delete(file);
    }
  }
}
