/** Made-up works, each with what time does to a paper and with papers that only look like it; all texts are our own. */

export type Work = {
  title: string;
  /** Stands after a colon in one of the copies. */
  subtitle: string;
  /** The title as another catalogue types it: LaTeX, dashes, quotes, capitals. */
  typed: string;
  /** The title of a later version. */
  retitled: string;
  authors: readonly string[];
  year: number;
  venue: string;
  abstract: string;
  /** What the camera-ready copy says in other words. */
  edits: readonly (readonly [from: string, to: string])[];
  /** A paper of the same group on the same matter. */
  sister: { title: string; abstract: string };
};

export const WORKS: readonly Work[] = [
  {
    title: "Learning to Forget: Sparse Memory for Continual Translation",
    subtitle: "A Study in Nine Languages",
    typed: "Learning to Forget – Sparse Memory for Continual Translation",
    retitled: "Learning to Forget: Sparse Memories for Continual Machine Translation",
    authors: ["Ilse Brandt", "Tomás Řehák", "Wei Li", "Amara Okoye"],
    year: 2024,
    venue: "ACL",
    abstract:
      "Translation systems that are trained on one domain after another lose what they knew before. We add a sparse memory to a frozen encoder and let a gate decide which slots may be written. Over a stream of nine domains the memory keeps 94 percent of the first domain's quality while it learns the last one, and it needs no stored sentences. An analysis of the gate shows that frequent function words are written once and then left alone.",
    edits: [
      ["Translation systems that are trained", "Neural translation systems trained"],
      ["94 percent", "95.1 percent"],
      ["and it needs no stored sentences", "without replaying any stored sentence"],
    ],
    sister: {
      title: "Replay Without Storage: Generated Sentences for Continual Translation",
      abstract:
        "Translation systems that are trained on one domain after another forget. Replaying stored sentences helps, but the sentences may not be kept for reasons of privacy. We train a small language model beside the translator and let it generate what is replayed. Over six domains, generated replay closes two thirds of the gap to stored replay, and filtering by round trip agreement closes half of the rest.",
    },
  },
  {
    title: "Bounds on the Mixing Time of α-Lazy Walks in Random Geometric Graphs",
    subtitle: "the Sparse Regime",
    typed: "Bounds on the mixing time of $\\alpha$-lazy walks in random geometric graphs",
    retitled: "Sharper Bounds on the Mixing Time of α-Lazy Walks in Random Geometric Graphs",
    authors: ["Marguerite Dvořák", "Jean-Luc Petit"],
    year: 2019,
    venue: "COLT",
    abstract:
      "We study how long a lazy random walk needs to forget where it began on a random geometric graph just above the threshold of connectivity. We show that the mixing time is at most a constant times the square of the diameter, with a constant that depends on the laziness only through its reciprocal. The proof couples the walk with a diffusion on the torus and controls the error by a new isoperimetric inequality for dense cells.",
    edits: [
      ["just above the threshold of connectivity", "slightly above the connectivity threshold"],
      ["We show that the mixing time is", "We prove that the mixing time is"],
    ],
    sister: {
      title: "Cover Times of Random Geometric Graphs Near the Connectivity Threshold",
      abstract:
        "We study how long a random walk needs to visit every vertex of a random geometric graph just above the threshold of connectivity. The cover time is of order n log n in three or more dimensions, and larger by a logarithm in the plane. The lower bound follows from the effective resistance between isolated pockets, whose number we estimate by a second moment argument.",
    },
  },
  {
    title: "Grasping Transparent Objects with a Single Polarised Camera",
    subtitle: "From Bench to Kitchen",
    typed: "GRASPING TRANSPARENT OBJECTS WITH A SINGLE POLARISED CAMERA",
    retitled: "Grasping Transparent and Shiny Objects with a Single Polarised Camera",
    authors: ["Hiroko Tanabe", "Lars Ødegård", "Priya Raman"],
    year: 2022,
    venue: "ICRA",
    abstract:
      "Glass and clear plastic defeat the depth cameras that most grippers rely on. We mount one camera with four polarisation angles on the wrist and train a network to predict surface normals from the angle and degree of polarisation. A planner turns normals into grasps without ever building a depth map. In 400 trials on twenty kitchen objects the arm lifts 91 percent, against 58 percent with a structured light sensor.",
    edits: [
      ["Glass and clear plastic defeat", "Glassware and clear plastic defeat"],
      ["In 400 trials on twenty kitchen objects the arm lifts 91 percent", "In 480 trials on twenty-four household objects our arm lifts 92 percent"],
    ],
    sister: {
      title: "Placing Transparent Objects by Touch and Polarisation",
      abstract:
        "Lifting a glass is half of the task; it must also be put down. We combine a camera with four polarisation angles and a tactile pad in the finger tips to detect the moment of contact. A small network predicts the tilt of the object from the first 40 milliseconds of touch. The arm places eighteen of twenty kitchen objects upright, and breaks none.",
    },
  },
  {
    title: "Do Language Models Count? Probing Number Sense in Pretrained Transformers",
    subtitle: "Extended Analysis",
    typed: "Do language models count?  Probing number sense in pre-trained transformers",
    retitled: "Can Language Models Count? Probing Number Sense in Pretrained Transformers",
    authors: ["Noor Haddad", "Samuel O'Brien", "Chen Yifan", "Greta Lindqvist", "Paulo Mendes"],
    year: 2021,
    venue: "EMNLP",
    abstract:
      "People tell three apples from four without counting. We ask whether language models have a comparable sense of small numbers. A probe on the hidden states of six models recovers the number of mentioned objects up to five almost perfectly, and fails beyond it. The failure is gradual and follows a logarithmic scale, as it does in people. Fine-tuning on arithmetic moves the limit by one or two, but does not remove it.",
    edits: [
      ["We ask whether language models have", "In this paper we ask whether pretrained language models have"],
      ["as it does in people", "much as it does in human subjects"],
      ["six models", "eight models"],
    ],
    sister: {
      title: "Rounding in the Dark: How Language Models Represent Large Numbers",
      abstract:
        "Large numbers are split into tokens that say little about their size. We probe the hidden states of six language models for the magnitude of numbers up to a billion. The leading digit and the number of digits are stored in separate directions, and the rest is lost in the middle layers. Editing the two directions changes the answers to comparison questions in a predictable way.",
    },
  },
  {
    title: "PolyGate: Routing Queries Between Column and Row Stores",
    subtitle: "Design and Evaluation",
    typed: "PolyGate: routing queries between column- and row-stores",
    retitled: "PolyGate: Learned Routing of Queries Between Column and Row Stores",
    authors: ["Edvard Niemi", "Sofia Castellanos", "R. K. Narayan"],
    year: 2020,
    venue: "VLDB",
    abstract:
      "Systems that keep each table twice, by rows and by columns, must choose a copy for every query. We present PolyGate, a router that learns the choice from the running times that it observes. It models each operator on each copy with a small tree and adds exploration only where the predicted costs are close. On two public workloads PolyGate is within four percent of an oracle and two times faster than the optimiser's rules after a warm-up of a thousand queries.",
    edits: [
      ["We present PolyGate, a router that learns", "This paper presents PolyGate, which learns"],
      ["within four percent of an oracle", "within 3.6 percent of an oracle"],
      ["two public workloads", "three public workloads"],
    ],
    sister: {
      title: "PolyFresh: Bounded Staleness for Double Stores",
      abstract:
        "Systems that keep each table twice, by rows and by columns, let the column copy lag behind. We present PolyFresh, which lets a query state how stale its answer may be. A merge schedule is derived from the bounds of the queries that are waiting, so that idle tables are never merged. On two public workloads it halves the work of merging at the same freshness.",
    },
  },
  {
    title: "A Quiet Estimator for Heavy-Tailed Gradients",
    subtitle: "Theory",
    typed: "A quiet estimator for heavy tailed gradients",
    retitled: "A Quiet and Adaptive Estimator for Heavy-Tailed Gradients",
    authors: ["Bogdan Ionescu", "Klara Weiß"],
    year: 2023,
    venue: "NeurIPS",
    abstract:
      "Clipping gradients makes training robust to heavy tails, but its threshold has to be tuned. We propose an estimator that shrinks each coordinate by an amount computed from the signs of its recent gradients. It has no threshold, attains the optimal rate for bounded moments of order p between one and two, and uses one additional buffer. In experiments on speech and vision models it matches the best tuned clipping, and diverges never.",
    edits: [
      ["We propose an estimator", "We introduce an estimator"],
      ["and diverges never", "and never diverges"],
      ["speech and vision models", "speech, vision and language models"],
    ],
    sister: {
      title: "Signs Suffice: Compressed Optimisation under Heavy Tails",
      abstract:
        "Sending only the signs of gradients saves bandwidth, but the known guarantees ask for bounded variance. We show that majority votes over signs converge under moments of order p larger than one, and give a matching lower bound. The analysis replaces concentration of means by concentration of medians. Experiments on sixty-four workers confirm the predicted dependence on p.",
    },
  },
  {
    title: "Hearing Walls: Room Geometry from Footsteps",
    subtitle: "Passive Acoustic Mapping with One Microphone",
    typed: "“Hearing Walls”: Room geometry from footsteps",
    retitled: "Hearing Walls: Estimating Room Geometry from Footsteps",
    authors: ["Mathilde Roy", "Kwame Boateng", "Sun-Hee Park"],
    year: 2018,
    venue: "ICASSP",
    abstract:
      "Echoes carry the shape of a room, but most methods play loud test signals. We use the footsteps of whoever walks through. Each step is a short click at an unknown place; its first reflections constrain the walls. A particle filter over walls and walker recovers the floor plan of rectangular rooms within twelve centimetres after thirty steps, with one microphone. Carpets make it fail, and we say when.",
    edits: [
      ["Carpets make it fail, and we say when.", "We also characterise the carpets on which it fails."],
      ["within twelve centimetres", "to within 12 cm"],
    ],
    sister: {
      title: "Hearing Doors: Detecting Openings from Room Tone",
      abstract:
        "An open door changes the tone of a room before anybody walks through it. We learn the spectrum of the background noise of a closed room and detect the deviations that openings cause. A hidden Markov model over doors and windows finds the state of three openings at 96 percent accuracy with one microphone. Wind makes it fail, and we say when.",
    },
  },
  {
    title: "Certified Unlearning for Kernel Ridge Regression",
    subtitle: "Exact, Fast and Auditable",
    typed: "Certified Un-Learning for Kernel Ridge-Regression",
    retitled: "Certified Unlearning for Kernel Ridge Regression in One Pass",
    authors: ["Daniele Ferrara", "Xu Min", "Hanna Kowalczyk"],
    year: 2024,
    venue: "AISTATS",
    abstract:
      "Laws ask that the influence of a person's data on a model can be removed. For kernel ridge regression we give an algorithm that removes k points from a model of n in time proportional to n times k, and a certificate that anybody can check without seeing the points. The certificate commits to the kernel matrix by a Merkle tree over its rows. Removing one percent of a million points takes eleven seconds.",
    edits: [
      ["Laws ask that", "Privacy laws require that"],
      ["takes eleven seconds", "takes less than eleven seconds on a laptop"],
    ],
    sister: {
      title: "Certified Unlearning for Gaussian Processes with Inducing Points",
      abstract:
        "Laws ask that the influence of a person's data on a model can be removed. Sparse Gaussian processes spread this influence over their inducing points. We bound the influence that remains when the posterior is updated and the points stay, and give a rule for when they must be chosen anew. On three data sets fewer than two percent of removals cause a new choice.",
    },
  },
  {
    title: "Weather Without Grids: Forecasting on Learned Meshes",
    subtitle: "Global Fields at Low Cost",
    typed: "Weather without grids : forecasting on learned meshes",
    retitled: "Weather Without Grids: Medium-Range Forecasting on Learned Meshes",
    authors: ["Oluwaseun Adeyemi", "Fiona MacLeod", "Junichi Sato", "Bettina Graf", "Ali Rezaei", "Carmen Ruiz"],
    year: 2025,
    venue: "ICLR",
    abstract:
      "Neural forecasts of the weather spend most of their effort on calm oceans, because their grids are uniform. We learn where the nodes of a mesh should be, together with the messages between them. The mesh follows fronts and mountains and holds a fifth of the nodes of a uniform one at equal error. Trained on forty years of reanalysis, the model beats an operational ensemble mean on wind and humidity up to day seven, and loses on temperature near the poles.",
    edits: [
      ["Neural forecasts of the weather spend", "Neural weather models spend"],
      ["up to day seven", "for lead times of up to seven days"],
    ],
    sister: {
      title: "Storms Without Grids: Nowcasting Rain on Learned Meshes",
      abstract:
        "Radar images are empty most of the time, yet nowcasting models look at every pixel. We learn a mesh whose nodes gather where rain is, and let messages run along the wind. The mesh is rebuilt every ten minutes from the last frames. On two years of radar over central Europe the model predicts heavy rain ninety minutes ahead with a third of the computation of a convolutional one.",
    },
  },
  {
    title: "Type Inference for Spreadsheet Formulas",
    subtitle: "Finding Unit Errors in the Wild",
    typed: "Type inference for spreadsheet formulæ",
    retitled: "Practical Type Inference for Spreadsheet Formulas",
    authors: ["Agnieszka Nowak", "Peter van der Meer"],
    year: 2017,
    venue: "OOPSLA",
    abstract:
      "Spreadsheets add metres to feet without complaint. We describe a type system in which cells carry units and dimensions, and an inference that needs no annotations: headers, formats and neighbouring formulas are evidence that a constraint solver weighs. On 4,200 public spreadsheets the inference assigns units to 71 percent of the numeric cells and finds 312 errors, of which authors confirmed all but nine.",
    edits: [
      ["We describe a type system", "We present a type system"],
      ["of which authors confirmed all but nine", "all but nine of which their authors confirmed"],
    ],
    sister: {
      title: "Refactoring Spreadsheet Formulas by Example",
      abstract:
        "Long formulas are copied, changed in one place and copied again. We describe a tool that finds families of formulas that differ by small edits and replaces each family by a named function. The user confirms the name and one example. On 4,200 public spreadsheets the tool shortens the formulas by 38 percent on average, and a study with fourteen accountants shows that the result is read faster.",
    },
  },
  {
    title: "Low-Light Tracking of Insects with Event Cameras",
    subtitle: "The Night Garden Dataset",
    typed: "Low light tracking of insects with event-cameras",
    retitled: "Low-Light Tracking of Flying Insects with Event Cameras",
    authors: ["Yusuf Demir", "Ana Sofía Reyes", "Philip Hart"],
    year: 2023,
    venue: "CVPR",
    abstract:
      "Insects that fly at night are hard to film and matter to whoever grows fruit. Event cameras see their wing beats as bursts of sparse points. We cluster the points in space, time and beat frequency, and link the clusters with a filter that knows how moths turn. On eleven hours of recordings from an orchard the tracker follows an insect for 4.2 seconds on average, three times longer than frame-based trackers with infrared light.",
    edits: [
      ["Insects that fly at night are hard to film and matter to whoever grows fruit.", "Nocturnal insects are hard to film, and yet fruit growers depend on them."],
      ["4.2 seconds", "4.6 seconds"],
    ],
    sister: {
      title: "Telling Moths by Their Wing Beats: Species Recognition with Event Cameras",
      abstract:
        "The wing beat of a moth is a signature of its species. Event cameras record it at a resolution of microseconds without light that would disturb. We train a recurrent network on the phase of the bursts and distinguish nineteen species at 87 percent accuracy from half a second of flight. Confusions follow the family tree. The recordings of an orchard over one summer are published.",
    },
  },
  {
    title: "Fair Matching Under Changing Preferences",
    subtitle: "Stability Over Time",
    typed: "Fair Matching under Changing Preferences.",
    retitled: "Fair Matching Under Slowly Changing Preferences",
    authors: ["Giulia Moretti", "David Abramson", "Nguyen Thi Lan"],
    year: 2021,
    venue: "EC",
    abstract:
      "When preferences change after a market has been matched, restoring stability may move many participants who did not change anything. We define the disruption of a repair and show that finding the repair of least disruption is hard for two changed lists already, yet fixed parameter tractable in their number. A simple local rule is within a factor of two. On admissions of six school districts it moves one pupil for every two lists that change.",
    edits: [
      ["We define the disruption of a repair and show", "We define the disruption of a repair, and we show"],
      ["six school districts", "seven school districts"],
    ],
    sister: {
      title: "Stable Matching with Regret: Letting Participants Leave",
      abstract:
        "Participants of a matched market may prefer to leave it rather than to keep their partner. We define the regret of a matching as the number of those who would leave later, and show that among all stable matchings one of least regret is found in cubic time. With ties the problem is hard. On admissions of six school districts least regret halves the number of pupils who change school within a year.",
    },
  },
  {
    title: "Compressing Point Clouds with Overfitted Octrees",
    subtitle: "One Network per Scan",
    typed: "Compressing Point-Clouds With Over-fitted Octrees",
    retitled: "Lossless Compression of Point Clouds with Overfitted Octrees",
    authors: ["Rikard Holm", "Zhang Qiang", "Ewa Zielińska"],
    year: 2022,
    venue: "ECCV",
    abstract:
      "Codecs for point clouds are trained on many scans and applied to any. We go the other way and overfit a tiny network to the octree of a single scan, then send the network along. Its weights are quantised while it learns, so that size and error are traded in one loss. For scans of more than two million points the sum of both is 18 percent smaller than with the best general codec, and decoding takes a second on a phone.",
    edits: [
      ["We go the other way and overfit", "We take the opposite route and overfit"],
      ["18 percent smaller", "19 percent smaller"],
    ],
    sister: {
      title: "Streaming Octrees: Progressive Point Clouds for Slow Connections",
      abstract:
        "A point cloud should be visible long before it has arrived. We order the nodes of its octree by how much each changes what the viewer sees, and send them in this order. A tiny network predicts the nodes that are missing, and its guesses are drawn faintly. On scans of more than two million points viewers recognise the scene after four percent of the bytes.",
    },
  },
  {
    title: "Verified Parsing of Network Packets in Linear Time",
    subtitle: "A Mechanised Proof",
    typed: "Verified parsing of network packets in O(n) time",
    retitled: "Verified Parsing of Network Packets in Linear Time and Constant Space",
    authors: ["Ingrid Solheim", "Matteo Conti", "Deepak Iyer"],
    year: 2019,
    venue: "POPL",
    abstract:
      "Parsers of network packets are short, fast and a common source of holes. We define a language of packet formats with lengths, checksums and tagged choices, and compile it to C. A proof assistant checks that the code accepts exactly the described packets, reads no byte twice and never outside its buffer. The parsers for nine protocols are as fast as those written by hand, and two of the latter turned out to be wrong.",
    edits: [
      ["are short, fast and a common source of holes", "are small and fast, and a common source of vulnerabilities"],
      ["nine protocols", "ten protocols"],
    ],
    sister: {
      title: "Verified Serialisation: Printing What Was Parsed",
      abstract:
        "What a program sends should be what its peer can read. We extend a language of packet formats by a printer that is derived from the same description as the parser. A proof assistant checks that parsing what was printed gives back the value, and that the printed packet is the shortest one. Lengths that depend on later fields are handled by a second pass over a bounded window.",
    },
  },
  {
    title: "Sleep Stages from a Mattress: Unobtrusive Polysomnography",
    subtitle: "A Clinical Comparison",
    typed: "Sleep stages from a mattress – unobtrusive polysomnography",
    retitled: "Sleep Stages from a Mattress Sensor: Unobtrusive Polysomnography at Home",
    authors: ["Henrik Lund", "Mei-Ling Chou", "Arturo Vidal", "Joan Whitaker"],
    year: 2020,
    venue: "medRxiv",
    abstract:
      "Sleep is scored from electrodes that disturb it. We put sixteen pressure sensors under a mattress and learn to score sleep from breathing, pulse and movement. In 84 nights of 42 volunteers who wore electrodes as well, a network agrees with the clinicians on four stages in 79 percent of the epochs, which is about as often as two clinicians agree with each other. Light sleep is the hardest, and restless legs are found by the way.",
    edits: [
      ["In 84 nights of 42 volunteers", "In 96 nights of 48 volunteers"],
      ["and restless legs are found by the way", "and restless legs are detected as a by-product"],
    ],
    sister: {
      title: "Breathing from a Mattress: Detecting Apnoea Without Electrodes",
      abstract:
        "Apnoea is dangerous and mostly unknown to those who have it. We put sixteen pressure sensors under a mattress and detect pauses of breathing from the movement of the chest. In 61 nights of volunteers from a sleep clinic the detector finds 88 percent of the pauses that electrodes find, and one false alarm an hour. Partners in the same bed double the false alarms.",
    },
  },
  {
    title: "The Cost of Politeness: Rate Limits in Federated Crawling",
    subtitle: "Measurements and a Model",
    typed: "The cost of politeness; rate limits in federated crawling",
    retitled: "The Price of Politeness: Rate Limits in Federated Crawling",
    authors: ["Torsten Bauer", "Lucía Fernández", "Adwoa Mensah"],
    year: 2016,
    venue: "WWW",
    abstract:
      "Crawlers that ask politely see the web with a delay. We model a federation of crawlers that share what they found but not their limits, and ask how stale the union is. For hosts whose changes follow a power law the staleness falls with the square root of the number of crawlers until the hosts' own limits bind. A month of measurements on 30,000 feeds confirms the exponent, and a schedule that follows from the model is a third fresher than round robin.",
    edits: [
      ["Crawlers that ask politely see the web with a delay.", "Polite crawlers see the web with a delay."],
      ["30,000 feeds", "34,000 feeds"],
    ],
    sister: {
      title: "Who Changed First? Attribution in Federated Crawling",
      abstract:
        "Crawlers that share what they found must agree on who saw a change first. We model clocks that drift and hosts that lie about dates, and derive an estimator of the true order from overlapping visits. A month of measurements on 30,000 feeds shows that one feed in seven back-dates its entries. The estimator corrects nine tenths of the wrong attributions.",
    },
  },
  {
    title: "Dialogue Policies That Ask Back",
    subtitle: "Clarification as an Action",
    typed: "Dialogue policies that “ask back”",
    retitled: "Learning Dialogue Policies That Ask Back",
    authors: ["Emilia Varga", "Josh Turner", "Rabia Khan"],
    year: 2022,
    venue: "SIGDIAL",
    abstract:
      "Assistants guess where they should ask. We train a policy that may ask one short question before it acts, and pays for the user's time. The reward is learned from pairs of dialogues that people compared. With a price of four seconds per question the policy asks in 22 percent of the dialogues and avoids two thirds of the wrong actions. Users in a study with 120 people did not find it slower, although it was.",
    edits: [
      ["We train a policy that may ask", "We train a dialogue policy that may ask"],
      ["120 people", "132 people"],
    ],
    sister: {
      title: "Dialogue Policies That Give Up: When to Call a Person",
      abstract:
        "Assistants should know when they cannot help. We train a policy that may hand the dialogue to a person and pays for the person's time. The probability of success is estimated from the first three turns by an ensemble. At equal cost the policy resolves eleven percent more dialogues than a fixed threshold. Users in a study minded late transfers much more than early ones.",
    },
  },
  {
    title: "Topological Order in Twisted Bilayer Lattices at ν = 2/3",
    subtitle: "Evidence from Entanglement Spectra",
    typed: "Topological order in twisted bilayer lattices at $\\nu=2/3$",
    retitled: "Topological Order in Strained Twisted Bilayer Lattices at ν = 2/3",
    authors: ["S. Aubert", "M. Kessler", "L. Yamamoto", "D. Oyelaran"],
    year: 2024,
    venue: "PRB",
    abstract:
      "We report exact diagonalisation of up to thirty electrons in the flat band of a twisted bilayer at two thirds filling. The ground state is threefold degenerate on the torus and separated by a gap that grows with the twist. Counting of the entanglement spectrum matches the hierarchy state up to the sixth level. A strain of 0.4 percent closes the gap in favour of a charge density wave.",
    edits: [
      ["We report exact diagonalisation of up to thirty electrons", "We report exact diagonalization studies of up to thirty electrons"],
      ["A strain of 0.4 percent closes the gap", "Uniaxial strain of 0.4 percent closes the gap"],
    ],
    sister: {
      title: "Charge Density Waves in Twisted Bilayer Lattices Near Half Filling",
      abstract:
        "We report Hartree-Fock and exact diagonalisation results for the flat band of a twisted bilayer near half filling. Three charge orders compete within one millielectronvolt, and strain selects between them. The order with tripled unit cell carries a Chern number and persists up to six kelvin. Screening by nearby gates lowers all transitions by a third.",
    },
  },
  {
    title: "GeoCaption: Describing Maps to Blind Readers",
    subtitle: "Data, Task and Baselines",
    typed: "GeoCaption: describing maps to blind readers",
    retitled: "GeoCaption: Describing Thematic Maps to Blind Readers",
    authors: ["Leila Mansour", "Patrick Byrne", "Ayumi Kondo", "Stefan Horvat"],
    year: 2023,
    venue: "CHI",
    abstract:
      "Maps on the web are mute to screen readers. With eleven blind readers we collected what a description of a thematic map should say, in which order, and how long. From their answers we derive a schema and a data set of 3,100 maps with descriptions by trained writers. Models that see the data behind a map describe it better than models that see its picture; readers preferred the former in 81 percent of the comparisons and asked for fewer numbers.",
    edits: [
      ["Maps on the web are mute to screen readers.", "Most maps on the web say nothing to screen readers."],
      ["3,100 maps", "3,400 maps"],
    ],
    sister: {
      title: "ChartTouch: Refreshable Relief for Blind Readers of Charts",
      abstract:
        "Charts can be felt where pins move. With nine blind readers we designed a vocabulary of twelve tactile marks for bars, lines and areas. A scrolling rule keeps the axis under the left hand. In a comparison with spoken descriptions readers found trends faster by touch and single values faster by ear; most asked for both. The drawings are generated from data, without a picture.",
    },
  },
  {
    title: "Batch Sizes Should Breathe",
    subtitle: "Schedules for Noisy Objectives",
    typed: "Batch Sizes Should Breathe!",
    retitled: "Batch Sizes Should Breathe: Cyclic Schedules for Large Models",
    authors: ["Viktor Sandberg", "Chiara Greco", "Lin Xiaoming"],
    year: 2025,
    venue: "ICML",
    abstract:
      "It is common to let the batch size grow during training. We show that on objectives with sharp and flat valleys it should also shrink again. A schedule with three cycles reaches the same loss as a growing one with 17 percent fewer tokens, on language models from 70 million to 3 billion parameters. We explain the effect by the noise that small batches add when a flat valley has been reached, and predict the best period from two short runs.",
    edits: [
      ["It is common to let", "It is common practice to let"],
      ["17 percent fewer tokens", "18 percent fewer tokens"],
    ],
    sister: {
      title: "Warm Restarts Revisited for Language Models",
      abstract:
        "Restarting the learning rate fell out of favour for language models. We show that restarts help when data sources change during training, and only then. A restart placed at the change of sources saves 9 percent of the tokens on models from 70 million to 3 billion parameters. We explain when a restart harms by the curvature along the last update, and predict it from two short runs.",
    },
  },
  {
    title: "Reading Between the Stones: Dating Inscriptions by Letter Shapes",
    subtitle: "A Statistical Approach",
    typed: "Reading Between the Stones. Dating inscriptions by letter shapes",
    retitled: "Reading Between the Stones: Dating Greek Inscriptions by Letter Shapes",
    authors: ["Eleni Papadaki", "Robert Thorne"],
    year: 2018,
    venue: "DH",
    abstract:
      "Inscriptions are dated by the shapes of their letters, and experts disagree by a century. We model the outlines of 46,000 letters from 900 dated stones as curves that drift with time and place. The posterior over dates has a median width of sixty years and is calibrated on stones that the model never saw. It agrees with experts where they agree, and sides with neither where they do not. Alpha and sigma tell the most.",
    edits: [
      ["and experts disagree by a century", "and experts may disagree by a century"],
      ["Alpha and sigma tell the most.", "The most informative letters are alpha and sigma."],
    ],
    sister: {
      title: "Whose Hand? Attributing Inscriptions to Workshops by Letter Shapes",
      abstract:
        "Stone cutters have hands, as scribes do. We model the outlines of 46,000 letters from 900 stones and cluster the stones of one city and generation. The clusters agree with the workshops that historians proposed from formulas and ornament, and split one of them in two. Kappa tells the most. The attribution of eleven stones changes, and we discuss four of them in detail.",
    },
  },
  {
    title: "Energy-Aware Scheduling of Inference on Shared Accelerators",
    subtitle: "A Year in Production",
    typed: "Energy aware scheduling of inference on shared accelerators",
    retitled: "Energy- and Deadline-Aware Scheduling of Inference on Shared Accelerators",
    authors: ["Nikolai Petrov", "Grace Wanjiru", "Oscar Blom", "Tatiana Silva"],
    year: 2021,
    venue: "EuroSys",
    abstract:
      "Accelerators in clusters draw two thirds of their peak power while they wait for memory. We present a scheduler that pairs inference jobs with complementary demands on the same device and lowers its clock to what their deadlines allow. A model with five parameters per job predicts slow-down and power from counters that every driver exposes. Over a year on 600 devices the scheduler saved 23 percent of the energy and missed fewer deadlines than before.",
    edits: [
      ["We present a scheduler that pairs", "We present an online scheduler that pairs"],
      ["23 percent of the energy", "24 percent of the energy"],
    ],
    sister: {
      title: "Carbon-Aware Placement of Training Jobs Across Regions",
      abstract:
        "Training jobs can wait for the wind. We present a planner that places and pauses training jobs across regions by the forecast carbon intensity of their grids. The cost of moving checkpoints is weighed against the forecast error. In a replay of a year of jobs on 600 devices in four regions the planner saves 31 percent of the emissions and delays the median job by two hours.",
    },
  },
  {
    title: "Counterexamples to a Conjecture on Sum-Free Sets in Abelian Groups",
    subtitle: "the Case of Even Order",
    typed: "Counter-examples to a conjecture on sum-free sets in abelian groups",
    retitled: "Counterexamples to a Conjecture on Maximal Sum-Free Sets in Abelian Groups",
    authors: ["Zoltán Fekete", "Ruth Adler"],
    year: 2015,
    venue: "Combinatorica",
    abstract:
      "It was conjectured that the number of maximal sum-free sets in an abelian group of even order is governed by its subgroups of index two. We give infinitely many counterexamples. They live in groups with a large elementary part and come from caps in projective space. For cyclic groups the conjecture holds, with a better error term than was known. We conclude with a corrected conjecture and evidence from all groups up to order 512.",
    edits: [
      ["We give infinitely many counterexamples.", "We construct infinitely many counterexamples."],
      ["evidence from all groups up to order 512", "computational evidence for groups of order at most 512"],
    ],
    sister: {
      title: "Random Maximal Sum-Free Sets",
      abstract:
        "We study the sum-free set that is obtained by adding random elements of an abelian group for as long as possible. Its density concentrates at one half in groups of even order and at an explicit constant below one third otherwise. The proof tracks the number of Schur triples by differential equations. Elementary groups are an exception, in which the density has two limits.",
    },
  },
  {
    title: "Simulating Crowds That Hesitate",
    subtitle: "Evacuation Under Doubt",
    typed: "Simulating crowds that hesitate",
    retitled: "Simulating Crowds That Hesitate and Turn Back",
    authors: ["Camille Laurent", "Bruno Tavares", "Ida Kristensen"],
    year: 2019,
    venue: "SIGGRAPH",
    abstract:
      "Simulated crowds run at the first alarm; real ones look around. We add doubt to agents: each holds a belief about the danger, updates it by what neighbours do, and moves when the belief passes a threshold. Three parameters reproduce the delays measured in four published drills. Hesitation spreads evacuation times more than any change of doors does, and a single guide removes most of it.",
    edits: [
      ["Three parameters reproduce", "A model with three parameters reproduces"],
      ["and a single guide removes most of it", "but a single guide removes most of it"],
    ],
    sister: {
      title: "Simulating Crowds That Help Each Other",
      abstract:
        "Simulated crowds are made of strangers; real ones of families and friends. We add ties to agents: each searches for, waits for and supports those to whom it is tied. Two parameters reproduce the group speeds measured in three published drills. Families leave later than strangers and save more of the slow, and wide doors matter more when people walk side by side.",
    },
  },
  {
    title: "Tables Are Graphs: Structure Recognition Without Lines",
    subtitle: "A Simple Baseline",
    typed: "Tables are Graphs — structure recognition without lines",
    retitled: "Tables Are Graphs: Robust Structure Recognition Without Lines",
    authors: ["Min-jun Seo", "Katarzyna Wójcik", "Diego Luna", "Hugh Fraser"],
    year: 2022,
    venue: "ICDAR",
    abstract:
      "Tables in scanned reports have no lines, or too many. We treat words as nodes and learn three relations between them: same cell, same row, same column. A parser closes the relations under transitivity with as few changes as possible. The approach needs no picture of the table, only the boxes of the words, and recognises 93 percent of the cells on a benchmark of annual reports. Most errors are headers that span columns.",
    edits: [
      ["Tables in scanned reports have no lines, or too many.", "Tables in scanned reports often have no ruling lines, or too many."],
      ["93 percent of the cells", "93.8 percent of the cells"],
    ],
    sister: {
      title: "Forms Are Trees: Reading Questionnaires Without Templates",
      abstract:
        "Questionnaires are filled in by hand and scanned askew. We treat words and boxes as nodes and learn which node answers which. A parser turns the relations into a tree with as few changes as possible. The approach needs no template of the form and reads 88 percent of the answers on a collection of forty forms from hospitals. Most errors are answers written in the margin.",
    },
  },
  {
    title: "Two Robots, One Rope: Cooperative Towing on Ice",
    subtitle: "Field Trials",
    typed: "Two robots, one rope: Co-operative towing on ice",
    retitled: "Two Robots, One Rope: Cooperative Towing on Ice and Snow",
    authors: ["Aino Virtanen", "Jacob Lindgren", "Sergey Morozov"],
    year: 2020,
    venue: "IROS",
    abstract:
      "A robot that tows a sledge on ice slips long before its motor is exhausted. We let two robots share a rope and a controller that keeps both just below the point of slipping. The controller estimates friction from the sound of the tracks. In field trials on a frozen lake two robots of 40 kilograms towed 310 kilograms over a kilometre, which neither could start to move alone.",
    edits: [
      ["slips long before its motor is exhausted", "slips long before its motors reach their limit"],
      ["over a kilometre", "over 1.2 kilometres"],
    ],
    sister: {
      title: "Three Robots, One Rope: Cooperative Towing on Ice",
      abstract:
        "A robot that tows a sledge on ice slips long before its motor is exhausted. We let three robots share a forked rope and a controller that keeps all of them just below the point of slipping. The fork is steered by the outer robots. In field trials on a frozen lake three robots of 40 kilograms towed 520 kilograms through a slalom, which a straight rope does not allow.",
    },
  },
];
