-- A database of the first schema, as 'sqlite3 .dump' writes it: the example churn with clock: simulated, played for 19
-- nights with one run that was promoted, by the version of Refit that made that schema.
PRAGMA application_id = 1380338004;
PRAGMA user_version = 1;
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
CREATE TABLE approval (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run (id),
  actor TEXT NOT NULL CHECK (length(actor) > 0),
  at INTEGER NOT NULL,
  because TEXT NOT NULL CHECK (length(because) > 0),
  artifact BLOB NOT NULL REFERENCES artifact (digest),
  gate_report BLOB NOT NULL CHECK (length(gate_report) = 32),
  configuration BLOB NOT NULL CHECK (length(configuration) = 32),
  UNIQUE (run, actor, gate_report)
) STRICT;
CREATE TABLE artifact (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  form TEXT NOT NULL CHECK (form IN ('file', 'tree')),
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  rows INTEGER CHECK (rows >= 0),
  columns INTEGER CHECK (columns >= 0)
) STRICT;
INSERT INTO "artifact" VALUES(1,X'F62BB4A102458C0EF0FF4EB496945CB82A74C0724F43186523789AE43B57569C','file',19369,NULL,NULL);
INSERT INTO "artifact" VALUES(2,X'CEFCF1805151612392434AFFB1657B8AFA2315B5CB2576F5FF01CF7F5800E446','file',18109,NULL,NULL);
INSERT INTO "artifact" VALUES(3,X'BBB14C696AE1CBDA89283AE9F8192A1116C9A1E108EA2E216E8CF5751EA9C33E','file',5552,NULL,NULL);
INSERT INTO "artifact" VALUES(4,X'8928792AF4E3E81223333FE3BA9293FFD109D36DA403C6876436C806C16D42BD','file',9531,NULL,NULL);
INSERT INTO "artifact" VALUES(5,X'DE9B91B355A656A3704F09A096D6D30F5E6D267F05B6E37F5AF67F3C177BD0E8','file',9531,NULL,NULL);
INSERT INTO "artifact" VALUES(6,X'129A0A45B880014597DD2755259056B298DB61A1FA5DA3F770FE54F37DA26F54','file',9531,NULL,NULL);
INSERT INTO "artifact" VALUES(7,X'B33EFF50431437A30C04BCAF20844FCBCD17CB63072CDDE8CE1A57A09D4645DB','file',9531,NULL,NULL);
INSERT INTO "artifact" VALUES(8,X'7B22FEA93864E9E24AFFE5C368CDC2D89A96A15E274D913C27A96E55AE37A7F4','file',9531,NULL,NULL);
INSERT INTO "artifact" VALUES(9,X'65E865DF567DA85F2D695A75FC81D985EA61F33512619CF59DC1FAB983C257F4','file',9531,NULL,NULL);
INSERT INTO "artifact" VALUES(10,X'FB10CBE6DF8EBB7BD831975CF79BBF96B2B7304FF1E32936E661A6720C4239C4','file',9531,NULL,NULL);
INSERT INTO "artifact" VALUES(11,X'F78D6D5585683180C69D2ED3BEB00CA6BA708FCEDE10227915C4E17962D59AEF','file',9531,NULL,NULL);
INSERT INTO "artifact" VALUES(12,X'1782789E81B3DF12F3A5151373C40DEFF785BBA3DAE8588D60DED72E963AFAEA','file',9531,NULL,NULL);
INSERT INTO "artifact" VALUES(13,X'D4937BE44AFC3A0A7F02863D1E06B4F839B040E79D7D3812C39605E722D78BF8','file',9531,NULL,NULL);
INSERT INTO "artifact" VALUES(14,X'5327DF5E59C90529D524A5F02ABF53698DAB241BD811B15C39B9BBF6E5429B9F','file',9831,NULL,NULL);
INSERT INTO "artifact" VALUES(15,X'51E407E22983CC18CBEA8E7B3A9C638D2B7BDF764693AE9605CACA886812C156','file',9831,NULL,NULL);
INSERT INTO "artifact" VALUES(16,X'2DD81DB69BEE68260A35A6FA2A03642CC7445C5C64EB3D4534F18C26991578CB','file',9831,NULL,NULL);
INSERT INTO "artifact" VALUES(17,X'89D92226E71529A5F90021DDA34A784740754AF6DDEAC0FBAF6ED3A177289A50','file',9831,NULL,NULL);
INSERT INTO "artifact" VALUES(18,X'62D72C683E2C225BEA4CBC263D828E9FD697B970E995D13F61FF6C035F573798','file',9831,NULL,NULL);
INSERT INTO "artifact" VALUES(19,X'C1CDF9D22B01EB8EAB0B506E93E5AA3E517AE59F732E2C6D4D47A30855B2749D','file',8914,NULL,NULL);
INSERT INTO "artifact" VALUES(20,X'9C9400E3756AB2BF3DEC285AAF0FAA944A0EEEFD2EE21B432FED54B09EA601F1','file',8914,NULL,NULL);
INSERT INTO "artifact" VALUES(21,X'0900F0933F084CF0B08176477B7797F2EEEB157DD93542CD8783FE2265904781','file',8914,NULL,NULL);
INSERT INTO "artifact" VALUES(22,X'43AF0C6A39DFF5D5DD4F2EBE11A42DF8AA7062DCBA76B2258025749E8AED5334','file',8914,NULL,NULL);
INSERT INTO "artifact" VALUES(23,X'6B598378C10124BF3ECEE3977CAB15025C2D433AAD438EADAB72AB133F17E1F0','file',8914,NULL,NULL);
INSERT INTO "artifact" VALUES(24,X'6A5258BC609CABC961CF64F0520C5117CE4DA5FA9196C932E8E9971640A45365','file',8914,NULL,NULL);
INSERT INTO "artifact" VALUES(25,X'D1E2D00B558E5182C8A7BB4B8EF535211C3324A2CA33C35827B948E1410B6BBA','file',8914,NULL,NULL);
INSERT INTO "artifact" VALUES(26,X'0479974BAFEFDBAAE05779AAB3B81F0D176EB3C7AFDCADCE3D22BAE6D4FF8468','file',8914,NULL,NULL);
INSERT INTO "artifact" VALUES(27,X'C591B65EAFF44734E80BC62E57CEF633601E9F552AB2EE93D676B2B220333CF2','file',8914,NULL,NULL);
INSERT INTO "artifact" VALUES(28,X'8442510AD4CDDC7B5CE0A8CE3C7072568DF806C5DE1F0EF79010A3846E3ECF83','file',8914,NULL,NULL);
INSERT INTO "artifact" VALUES(29,X'8DDC6C8A899BC9C13AA9FAD9DCF6E94138E8ED4A1F2CA420B05528A12420AB6D','file',9214,NULL,NULL);
INSERT INTO "artifact" VALUES(30,X'406E02F1C93515C5486FF5969F9B2635442F2E76633FAC0507C5B9C85771AAFB','file',9214,NULL,NULL);
INSERT INTO "artifact" VALUES(31,X'91676941EC8AFB3CCC868C646EC4FC7A331FCDDE304CE2475FFF3BC6080B7AF0','file',9214,NULL,NULL);
INSERT INTO "artifact" VALUES(32,X'D8F239E1629033BF42CB75ECAD3376E6BD273394F572F66019654617BD525EB8','file',9214,NULL,NULL);
INSERT INTO "artifact" VALUES(33,X'B278492603A3CD6A7C69B3AEF919CDACAC2B022D0265B4A43CF65369A7FC9B23','file',9214,NULL,NULL);
INSERT INTO "artifact" VALUES(34,X'B0B0902EC8A6EFA6B6321459FDE67EFA4C98E7120EE05ECC3CDEFE4EA68351E8','tree',242,NULL,NULL);
INSERT INTO "artifact" VALUES(35,X'F9836FFA82BE5332137EDB1B925469341B2246B0D1E23FE9754BDCF57B4F82FD','file',17771,2000,2);
INSERT INTO "artifact" VALUES(36,X'F449B3C1EE974B2C597329C39D3018DF765AD6676BDFF0885F26BE5AF7CAD5B5','file',27,NULL,NULL);
INSERT INTO "artifact" VALUES(37,X'241502FA3133A9C45DCC435E61733B1B8F330DFAC606E8DE9507EA7F141B0371','tree',0,NULL,NULL);
INSERT INTO "artifact" VALUES(38,X'B3675BE016C19C87D026AA7C26646D5D9021E717ED7D40E732340513B0FE58AA','file',15697,626,2);
INSERT INTO "artifact" VALUES(39,X'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855','file',0,NULL,NULL);
CREATE TABLE artifact_use (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run (id),
  attempt INTEGER REFERENCES attempt (id),
  artifact INTEGER NOT NULL REFERENCES artifact (id),
  direction TEXT NOT NULL CHECK (direction IN ('input', 'output')),
  role TEXT NOT NULL CHECK (length(role) > 0),
  name TEXT NOT NULL
) STRICT;
INSERT INTO "artifact_use" VALUES(1,1,NULL,1,'input','holdout','holdout');
INSERT INTO "artifact_use" VALUES(2,1,NULL,2,'input','holdout','holdout.csv');
INSERT INTO "artifact_use" VALUES(3,1,NULL,3,'input','withheld','withheld.csv');
INSERT INTO "artifact_use" VALUES(4,1,NULL,4,'input','prediction-log','data/predictions/2026-03-01.csv');
INSERT INTO "artifact_use" VALUES(5,1,NULL,5,'input','prediction-log','data/predictions/2026-03-02.csv');
INSERT INTO "artifact_use" VALUES(6,1,NULL,6,'input','prediction-log','data/predictions/2026-03-03.csv');
INSERT INTO "artifact_use" VALUES(7,1,NULL,7,'input','prediction-log','data/predictions/2026-03-04.csv');
INSERT INTO "artifact_use" VALUES(8,1,NULL,8,'input','prediction-log','data/predictions/2026-03-05.csv');
INSERT INTO "artifact_use" VALUES(9,1,NULL,9,'input','prediction-log','data/predictions/2026-03-06.csv');
INSERT INTO "artifact_use" VALUES(10,1,NULL,10,'input','prediction-log','data/predictions/2026-03-07.csv');
INSERT INTO "artifact_use" VALUES(11,1,NULL,11,'input','prediction-log','data/predictions/2026-03-08.csv');
INSERT INTO "artifact_use" VALUES(12,1,NULL,12,'input','prediction-log','data/predictions/2026-03-09.csv');
INSERT INTO "artifact_use" VALUES(13,1,NULL,13,'input','prediction-log','data/predictions/2026-03-10.csv');
INSERT INTO "artifact_use" VALUES(14,1,NULL,14,'input','prediction-log','data/predictions/2026-03-11.csv');
INSERT INTO "artifact_use" VALUES(15,1,NULL,15,'input','prediction-log','data/predictions/2026-03-12.csv');
INSERT INTO "artifact_use" VALUES(16,1,NULL,16,'input','prediction-log','data/predictions/2026-03-13.csv');
INSERT INTO "artifact_use" VALUES(17,1,NULL,17,'input','prediction-log','data/predictions/2026-03-14.csv');
INSERT INTO "artifact_use" VALUES(18,1,NULL,18,'input','prediction-log','data/predictions/2026-03-15.csv');
INSERT INTO "artifact_use" VALUES(19,1,NULL,19,'input','feedback-log','data/labels/2026-03-01.csv');
INSERT INTO "artifact_use" VALUES(20,1,NULL,20,'input','feedback-log','data/labels/2026-03-02.csv');
INSERT INTO "artifact_use" VALUES(21,1,NULL,21,'input','feedback-log','data/labels/2026-03-03.csv');
INSERT INTO "artifact_use" VALUES(22,1,NULL,22,'input','feedback-log','data/labels/2026-03-04.csv');
INSERT INTO "artifact_use" VALUES(23,1,NULL,23,'input','feedback-log','data/labels/2026-03-05.csv');
INSERT INTO "artifact_use" VALUES(24,1,NULL,24,'input','feedback-log','data/labels/2026-03-06.csv');
INSERT INTO "artifact_use" VALUES(25,1,NULL,25,'input','feedback-log','data/labels/2026-03-07.csv');
INSERT INTO "artifact_use" VALUES(26,1,NULL,26,'input','feedback-log','data/labels/2026-03-08.csv');
INSERT INTO "artifact_use" VALUES(27,1,NULL,27,'input','feedback-log','data/labels/2026-03-09.csv');
INSERT INTO "artifact_use" VALUES(28,1,NULL,28,'input','feedback-log','data/labels/2026-03-10.csv');
INSERT INTO "artifact_use" VALUES(29,1,NULL,29,'input','feedback-log','data/labels/2026-03-11.csv');
INSERT INTO "artifact_use" VALUES(30,1,NULL,30,'input','feedback-log','data/labels/2026-03-12.csv');
INSERT INTO "artifact_use" VALUES(31,1,NULL,31,'input','feedback-log','data/labels/2026-03-13.csv');
INSERT INTO "artifact_use" VALUES(32,1,NULL,32,'input','feedback-log','data/labels/2026-03-14.csv');
INSERT INTO "artifact_use" VALUES(33,1,NULL,33,'input','feedback-log','data/labels/2026-03-15.csv');
INSERT INTO "artifact_use" VALUES(34,1,1,3,'input','withheld','withheld.csv');
INSERT INTO "artifact_use" VALUES(35,1,1,34,'output','model','model');
INSERT INTO "artifact_use" VALUES(36,1,1,35,'output','training','training.csv');
INSERT INTO "artifact_use" VALUES(37,1,1,36,'output','log','state/runs/churn/1/train/1/log');
INSERT INTO "artifact_use" VALUES(38,1,1,37,'output','code','jobs');
INSERT INTO "artifact_use" VALUES(39,1,2,34,'input','model','model');
INSERT INTO "artifact_use" VALUES(40,1,2,2,'input','holdout','holdout.csv');
INSERT INTO "artifact_use" VALUES(41,1,2,38,'output','predictions','predictions.csv');
INSERT INTO "artifact_use" VALUES(42,1,2,39,'output','log','state/runs/churn/1/score/1/log');
CREATE TABLE attempt (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run (id),
  job TEXT NOT NULL,
  subject TEXT NOT NULL CHECK (subject IN ('candidate', 'champion')),
  number INTEGER NOT NULL CHECK (number > 0),
  version INTEGER CHECK (version > 0),
  state TEXT NOT NULL CHECK (state IN ('launching', 'running', 'succeeded', 'failed', 'timed-out',
    'out-of-memory', 'lost', 'unkillable', 'cancelled')),
  launches INTEGER NOT NULL CHECK (launches >= 0),
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  reason TEXT,
  is_retriable INTEGER NOT NULL CHECK (is_retriable IN (0, 1)),
  UNIQUE (run, job, subject, number),
  CHECK ((state IN ('launching', 'running')) = (ended_at IS NULL))
) STRICT;
INSERT INTO "attempt" VALUES(1,1,'train','candidate',1,NULL,'succeeded',1,1773627300000000,1773627300000000,NULL,1);
INSERT INTO "attempt" VALUES(2,1,'score','candidate',1,1,'succeeded',1,1773627300000000,1773627300000000,NULL,1);
CREATE TABLE attempt_exit (
  attempt INTEGER PRIMARY KEY REFERENCES attempt (id),
  reason TEXT NOT NULL CHECK (reason IN ('exited', 'signalled', 'cancelled', 'unkillable', 'timed-out',
    'out-of-memory', 'not-started')),
  exit_code INTEGER,
  signal INTEGER,
  error TEXT,
  cpu_seconds REAL NOT NULL,
  peak_memory_bytes INTEGER NOT NULL,
  wall_seconds REAL NOT NULL,
  log_bytes INTEGER NOT NULL,
  log_dropped_bytes INTEGER NOT NULL,
  guarantee TEXT NOT NULL
) STRICT;
INSERT INTO "attempt_exit" VALUES(1,'exited',0,NULL,NULL,0.090659,16351232,0.156267,27,0,'sweep');
INSERT INTO "attempt_exit" VALUES(2,'exited',0,NULL,NULL,0.079391,14155776,0.154841,0,0,'sweep');
CREATE TABLE attempt_launch (
  attempt INTEGER PRIMARY KEY REFERENCES attempt (id),
  directory TEXT NOT NULL UNIQUE,
  arguments TEXT NOT NULL CHECK (json_valid(arguments)),
  variables TEXT NOT NULL CHECK (json_valid(variables)),
  seed INTEGER NOT NULL,
  token TEXT NOT NULL UNIQUE,
  host TEXT NOT NULL,
  system TEXT NOT NULL,
  "commit" TEXT,
  diff BLOB CHECK (length(diff) = 32)
) STRICT;
INSERT INTO "attempt_launch" VALUES(1,'state/runs/churn/1/train/1','["python3","jobs/train.py"]','[]',431528195,'87b4ac030ed4e2371ca4c85ca89b84aa','example','Linux 6.1.0-13-amd64 x86_64',NULL,NULL);
INSERT INTO "attempt_launch" VALUES(2,'state/runs/churn/1/score/1','["python3","jobs/score.py"]','[]',866520852,'b37beb32183b27af6fbb3d97f6d91cdf','example','Linux 6.1.0-13-amd64 x86_64',NULL,NULL);
CREATE TABLE champion (
  model TEXT NOT NULL PRIMARY KEY REFERENCES model (name),
  version INTEGER NOT NULL,
  promotion INTEGER NOT NULL UNIQUE,
  FOREIGN KEY (promotion, model, version) REFERENCES promotion (id, model, version)
) STRICT;
INSERT INTO "champion" VALUES('churn',1,1);
CREATE TABLE configuration (
  digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
  text TEXT NOT NULL,
  first_applied_at INTEGER NOT NULL
) STRICT;
INSERT INTO "configuration" VALUES(X'D96C7CC1A298C61704F24059493B44A4D175AA836D2E875CB191DFDB43BDFE09','version: 1
project: shop
clock: simulated          # to play two months in a minute; without this line time is real
models:
  churn:                  # the probability that a customer leaves
    predictions:          # what production logs
      path: data/predictions/*.csv
      columns: {id: customer, time: scored_at, score: score, version: version}
    features: {numeric: [visits]}
    feedback:             # labels, as they arrive
      path: data/labels/*.csv
      columns: {id: customer, time: known_at, label: left}
    holdout: {draw: {last: 7d, share: 0.3}}
    monitors:
      performance: {metrics: [roc_auc], window: 7d}
    schedules:
      nightly: {cron: "15 2 * * *", do: evaluate}
    retrain:
      when: {performance: {metric: roc_auc, drop: 0.05, from: holdout, min-samples: 1000}}
      cooldown: 7d
    pipeline:
      train: {kind: train, run: [python3, jobs/train.py], training: training.csv, id: customer}
      score: {kind: score, needs: train, run: [python3, jobs/score.py]}
    gates:
      - metric: {name: roc_auc, at-least: 0.7, confidence: 0.95}
      - champion: {metric: roc_auc, not-worse-by: 0.02, confidence: 0.95}
      - leakage: {}
    promotion: automatic
',1772417700000000);
CREATE TABLE data_file (
  path TEXT NOT NULL PRIMARY KEY CHECK (length(path) > 0),
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  modified_us INTEGER NOT NULL,
  inode INTEGER NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  first_read_at INTEGER NOT NULL
) STRICT;
INSERT INTO "data_file" VALUES('data/predictions/2026-03-01.csv',9531,1795430052100428,16228752,X'8928792AF4E3E81223333FE3BA9293FFD109D36DA403C6876436C806C16D42BD',1772504100000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-02.csv',9531,1795430052223408,16228767,X'DE9B91B355A656A3704F09A096D6D30F5E6D267F05B6E37F5AF67F3C177BD0E8',1772504100000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-01.csv',8914,1795430052100644,16228762,X'C1CDF9D22B01EB8EAB0B506E93E5AA3E517AE59F732E2C6D4D47A30855B2749D',1772504100000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-02.csv',8914,1795430052223635,16228768,X'9C9400E3756AB2BF3DEC285AAF0FAA944A0EEEFD2EE21B432FED54B09EA601F1',1772504100000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-03.csv',9531,1795430052347741,16228773,X'129A0A45B880014597DD2755259056B298DB61A1FA5DA3F770FE54F37DA26F54',1772590500000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-03.csv',8914,1795430052347921,16228776,X'0900F0933F084CF0B08176477B7797F2EEEB157DD93542CD8783FE2265904781',1772590500000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-04.csv',9531,1795430052475096,16228777,X'B33EFF50431437A30C04BCAF20844FCBCD17CB63072CDDE8CE1A57A09D4645DB',1772676900000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-04.csv',8914,1795430052475269,16228778,X'43AF0C6A39DFF5D5DD4F2EBE11A42DF8AA7062DCBA76B2258025749E8AED5334',1772676900000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-05.csv',9531,1795430052591518,16228780,X'7B22FEA93864E9E24AFFE5C368CDC2D89A96A15E274D913C27A96E55AE37A7F4',1772763300000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-05.csv',8914,1795430052591694,16228781,X'6B598378C10124BF3ECEE3977CAB15025C2D433AAD438EADAB72AB133F17E1F0',1772763300000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-06.csv',9531,1795430052710405,16228783,X'65E865DF567DA85F2D695A75FC81D985EA61F33512619CF59DC1FAB983C257F4',1772849700000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-06.csv',8914,1795430052710585,16228784,X'6A5258BC609CABC961CF64F0520C5117CE4DA5FA9196C932E8E9971640A45365',1772849700000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-07.csv',9531,1795430052822828,16228792,X'FB10CBE6DF8EBB7BD831975CF79BBF96B2B7304FF1E32936E661A6720C4239C4',1772936100000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-07.csv',8914,1795430052823001,16228793,X'D1E2D00B558E5182C8A7BB4B8EF535211C3324A2CA33C35827B948E1410B6BBA',1772936100000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-08.csv',9531,1795430052935156,16228794,X'F78D6D5585683180C69D2ED3BEB00CA6BA708FCEDE10227915C4E17962D59AEF',1773022500000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-08.csv',8914,1795430052935328,16228795,X'0479974BAFEFDBAAE05779AAB3B81F0D176EB3C7AFDCADCE3D22BAE6D4FF8468',1773022500000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-09.csv',9531,1795430053049839,16228809,X'1782789E81B3DF12F3A5151373C40DEFF785BBA3DAE8588D60DED72E963AFAEA',1773108900000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-09.csv',8914,1795430053050014,16228810,X'C591B65EAFF44734E80BC62E57CEF633601E9F552AB2EE93D676B2B220333CF2',1773108900000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-10.csv',9531,1795430053164295,16228808,X'D4937BE44AFC3A0A7F02863D1E06B4F839B040E79D7D3812C39605E722D78BF8',1773195300000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-10.csv',8914,1795430053164473,16228811,X'8442510AD4CDDC7B5CE0A8CE3C7072568DF806C5DE1F0EF79010A3846E3ECF83',1773195300000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-11.csv',9831,1795430053294965,16228813,X'5327DF5E59C90529D524A5F02ABF53698DAB241BD811B15C39B9BBF6E5429B9F',1773281700000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-11.csv',9214,1795430053295144,16228814,X'8DDC6C8A899BC9C13AA9FAD9DCF6E94138E8ED4A1F2CA420B05528A12420AB6D',1773281700000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-12.csv',9831,1795430053425601,16228815,X'51E407E22983CC18CBEA8E7B3A9C638D2B7BDF764693AE9605CACA886812C156',1773368100000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-12.csv',9214,1795430053425786,16228816,X'406E02F1C93515C5486FF5969F9B2635442F2E76633FAC0507C5B9C85771AAFB',1773368100000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-13.csv',9831,1795430053542003,16228824,X'2DD81DB69BEE68260A35A6FA2A03642CC7445C5C64EB3D4534F18C26991578CB',1773454500000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-13.csv',9214,1795430053542178,16228825,X'91676941EC8AFB3CCC868C646EC4FC7A331FCDDE304CE2475FFF3BC6080B7AF0',1773454500000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-14.csv',9831,1795430053667426,16228826,X'89D92226E71529A5F90021DDA34A784740754AF6DDEAC0FBAF6ED3A177289A50',1773540900000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-14.csv',9214,1795430053667608,16228827,X'D8F239E1629033BF42CB75ECAD3376E6BD273394F572F66019654617BD525EB8',1773540900000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-15.csv',9831,1795430053786069,16228829,X'62D72C683E2C225BEA4CBC263D828E9FD697B970E995D13F61FF6C035F573798',1773627300000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-15.csv',9214,1795430053786245,16228830,X'B278492603A3CD6A7C69B3AEF919CDACAC2B022D0265B4A43CF65369A7FC9B23',1773627300000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-16.csv',15221,1795430054376277,16228831,X'3D7E74BD0B920AF06E629470143F329CA516A2665B01DD161E7624FBA78FEDFF',1773713700000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-16.csv',9214,1795430054376596,16228863,X'0BEC4F8688670F50385ED0373B248C2108D86E7F61801426F224B555EEE1127D',1773713700000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-17.csv',15195,1795430054516342,16228874,X'835AFCDC586956694891D45BF061381FBEECBEFE643D12E99567FE7F116D3877',1773800100000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-17.csv',9214,1795430054516666,16228876,X'92A7FAE3E2F7842DE04EA0272A6E3DA4B88E64A7A085D31E00BA55F57445E001',1773800100000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-18.csv',15280,1795430054632076,16228877,X'BA069A4B9264E558F730A7750BE08408CF51A30CF83F651279637609952A34D6',1773886500000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-18.csv',9214,1795430054632411,16228891,X'1712FAEE96EF5F01F62ECDD007286A9396357E980B59DF394279993382F2C20E',1773886500000000);
INSERT INTO "data_file" VALUES('data/predictions/2026-03-19.csv',15253,1795430054757676,16228892,X'08C4A48453E649B9C37866EA132D7E1CD52FC6D665646DBA3FFCEE500D7B4F78',1773972900000000);
INSERT INTO "data_file" VALUES('data/labels/2026-03-19.csv',9214,1795430054757953,16228893,X'3EC9BD9C7FCA97584532767E583596C7434DF795D8FBCFE788863C3B206E28D2',1773972900000000);
CREATE TABLE decision (
  id INTEGER PRIMARY KEY,
  occurrence INTEGER NOT NULL UNIQUE REFERENCES occurrence (id),
  model TEXT NOT NULL REFERENCES model (name),
  decided_at INTEGER NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('retrain', 'hold', 'restrained', 'unknown')),
  policy BLOB NOT NULL CHECK (length(policy) = 32),
  decision TEXT NOT NULL CHECK (json_valid(decision)),
  situation TEXT NOT NULL CHECK (json_valid(situation))
) STRICT;
INSERT INTO "decision" VALUES(1,1,'churn',1772504100000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[],"sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","tree":{"condition":"performance","parts":[],"reading":{},"sentence":"roc_auc is unknown: there is no champion","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","earlierEvaluations":[],"gap":"1d","mode":"promote","model":"churn","nominal":"2026-03-03T02:15:00Z","now":"2026-03-03T02:15:00Z","observations":[]}');
INSERT INTO "decision" VALUES(2,2,'churn',1772590500000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[],"sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","tree":{"condition":"performance","parts":[],"reading":{},"sentence":"roc_auc is unknown: there is no champion","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","earlierEvaluations":[],"gap":"1d","mode":"promote","model":"churn","nominal":"2026-03-04T02:15:00Z","now":"2026-03-04T02:15:00Z","observations":[]}');
INSERT INTO "decision" VALUES(3,3,'churn',1772676900000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[],"sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","tree":{"condition":"performance","parts":[],"reading":{},"sentence":"roc_auc is unknown: there is no champion","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","earlierEvaluations":[],"gap":"1d","mode":"promote","model":"churn","nominal":"2026-03-05T02:15:00Z","now":"2026-03-05T02:15:00Z","observations":[]}');
INSERT INTO "decision" VALUES(4,4,'churn',1772763300000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[],"sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","tree":{"condition":"performance","parts":[],"reading":{},"sentence":"roc_auc is unknown: there is no champion","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","earlierEvaluations":[],"gap":"1d","mode":"promote","model":"churn","nominal":"2026-03-06T02:15:00Z","now":"2026-03-06T02:15:00Z","observations":[]}');
INSERT INTO "decision" VALUES(5,5,'churn',1772849700000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[],"sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","tree":{"condition":"performance","parts":[],"reading":{},"sentence":"roc_auc is unknown: there is no champion","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","earlierEvaluations":[],"gap":"1d","mode":"promote","model":"churn","nominal":"2026-03-07T02:15:00Z","now":"2026-03-07T02:15:00Z","observations":[]}');
INSERT INTO "decision" VALUES(6,6,'churn',1772936100000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[],"sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","tree":{"condition":"performance","parts":[],"reading":{},"sentence":"roc_auc is unknown: there is no champion","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","earlierEvaluations":[],"gap":"1d","mode":"promote","model":"churn","nominal":"2026-03-08T02:15:00Z","now":"2026-03-08T02:15:00Z","observations":[]}');
INSERT INTO "decision" VALUES(7,7,'churn',1773022500000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[],"sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","tree":{"condition":"performance","parts":[],"reading":{},"sentence":"roc_auc is unknown: there is no champion","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","earlierEvaluations":[],"gap":"1d","mode":"promote","model":"churn","nominal":"2026-03-09T02:15:00Z","now":"2026-03-09T02:15:00Z","observations":[]}');
INSERT INTO "decision" VALUES(8,8,'churn',1773108900000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[],"sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","tree":{"condition":"performance","parts":[],"reading":{},"sentence":"roc_auc is unknown: there is no champion","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","earlierEvaluations":[],"gap":"1d","mode":"promote","model":"churn","nominal":"2026-03-10T02:15:00Z","now":"2026-03-10T02:15:00Z","observations":[]}');
INSERT INTO "decision" VALUES(9,9,'churn',1773195300000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[],"sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","tree":{"condition":"performance","parts":[],"reading":{},"sentence":"roc_auc is unknown: there is no champion","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","earlierEvaluations":[],"gap":"1d","mode":"promote","model":"churn","nominal":"2026-03-11T02:15:00Z","now":"2026-03-11T02:15:00Z","observations":[]}');
INSERT INTO "decision" VALUES(10,10,'churn',1773281700000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[],"sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","tree":{"condition":"performance","parts":[],"reading":{},"sentence":"roc_auc is unknown: there is no champion","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","earlierEvaluations":[],"gap":"1d","mode":"promote","model":"churn","nominal":"2026-03-12T02:15:00Z","now":"2026-03-12T02:15:00Z","observations":[]}');
INSERT INTO "decision" VALUES(11,11,'churn',1773368100000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[],"sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","tree":{"condition":"performance","parts":[],"reading":{},"sentence":"roc_auc is unknown: there is no champion","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","earlierEvaluations":[],"gap":"1d","mode":"promote","model":"churn","nominal":"2026-03-13T02:15:00Z","now":"2026-03-13T02:15:00Z","observations":[]}');
INSERT INTO "decision" VALUES(12,12,'churn',1773454500000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[],"sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","tree":{"condition":"performance","parts":[],"reading":{},"sentence":"roc_auc is unknown: there is no champion","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","earlierEvaluations":[],"gap":"1d","mode":"promote","model":"churn","nominal":"2026-03-14T02:15:00Z","now":"2026-03-14T02:15:00Z","observations":[]}');
INSERT INTO "decision" VALUES(13,13,'churn',1773540900000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[],"sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","tree":{"condition":"performance","parts":[],"reading":{},"sentence":"roc_auc is unknown: there is no champion","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","earlierEvaluations":[],"gap":"1d","mode":"promote","model":"churn","nominal":"2026-03-15T02:15:00Z","now":"2026-03-15T02:15:00Z","observations":[]}');
INSERT INTO "decision" VALUES(14,14,'churn',1773627300000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[],"sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","tree":{"condition":"performance","parts":[],"reading":{},"sentence":"roc_auc is unknown: there is no champion","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","earlierEvaluations":[],"gap":"1d","mode":"promote","model":"churn","nominal":"2026-03-16T02:15:00Z","now":"2026-03-16T02:15:00Z","observations":[]}');
INSERT INTO "decision" VALUES(15,15,'churn',1773713700000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[{"kind":"cooldown","sentence":"cooldown of 7d after churn#1 was promoted","until":"2026-03-23T02:15:00Z"}],"sentence":"can''t tell whether to retrain: roc_auc is unknown: no labelled predictions of this version in the window","tree":{"condition":"performance","parts":[],"reading":{"known_at":"2026-03-17T02:15:00Z","sample_size":0,"source":"monitor","window":{"end":"2026-03-17T02:15:00Z","start":"2026-03-10T02:15:00Z"}},"sentence":"roc_auc is unknown: no labelled predictions of this version in the window","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","champion":{"holdoutMetrics":{"roc_auc":0.7544260685465313},"intervalEnd":"2026-03-16T02:15:00Z","promotedAt":"2026-03-16T02:15:00Z","publishedAt":"2026-03-16T02:15:00Z","trainedAt":"2026-03-16T02:15:00Z","version":1},"earlierEvaluations":[],"gap":"1d","lastJudged":{"endedAt":"2026-03-16T02:15:00Z","intervalEnd":"2026-03-16T02:15:00Z","run":{"model":"churn","number":1},"state":"promoted"},"mode":"promote","model":"churn","nominal":"2026-03-17T02:15:00Z","now":"2026-03-17T02:15:00Z","observations":[{"known_at":"2026-03-17T02:15:00Z","metric":"roc_auc","sample_size":0,"source":"monitor","undefined":"no labelled predictions of this version in the window","version":1,"window":{"end":"2026-03-17T02:15:00Z","start":"2026-03-10T02:15:00Z"}}]}');
INSERT INTO "decision" VALUES(16,16,'churn',1773800100000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[{"kind":"cooldown","sentence":"cooldown of 7d after churn#1 was promoted","until":"2026-03-23T02:15:00Z"}],"sentence":"can''t tell whether to retrain: roc_auc is unknown: no labelled predictions of this version in the window","tree":{"condition":"performance","parts":[],"reading":{"known_at":"2026-03-18T02:15:00Z","sample_size":0,"source":"monitor","window":{"end":"2026-03-18T02:15:00Z","start":"2026-03-11T02:15:00Z"}},"sentence":"roc_auc is unknown: no labelled predictions of this version in the window","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","champion":{"holdoutMetrics":{"roc_auc":0.7544260685465313},"intervalEnd":"2026-03-16T02:15:00Z","promotedAt":"2026-03-16T02:15:00Z","publishedAt":"2026-03-16T02:15:00Z","trainedAt":"2026-03-16T02:15:00Z","version":1},"earlierEvaluations":["2026-03-17T02:15:00Z"],"gap":"1d","lastJudged":{"endedAt":"2026-03-16T02:15:00Z","intervalEnd":"2026-03-16T02:15:00Z","run":{"model":"churn","number":1},"state":"promoted"},"mode":"promote","model":"churn","nominal":"2026-03-18T02:15:00Z","now":"2026-03-18T02:15:00Z","observations":[{"known_at":"2026-03-18T02:15:00Z","metric":"roc_auc","sample_size":0,"source":"monitor","undefined":"no labelled predictions of this version in the window","version":1,"window":{"end":"2026-03-18T02:15:00Z","start":"2026-03-11T02:15:00Z"}}]}');
INSERT INTO "decision" VALUES(17,17,'churn',1773886500000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[{"kind":"cooldown","sentence":"cooldown of 7d after churn#1 was promoted","until":"2026-03-23T02:15:00Z"}],"sentence":"can''t tell whether to retrain: roc_auc is unknown: no labelled predictions of this version in the window","tree":{"condition":"performance","parts":[],"reading":{"known_at":"2026-03-19T02:15:00Z","sample_size":0,"source":"monitor","window":{"end":"2026-03-19T02:15:00Z","start":"2026-03-12T02:15:00Z"}},"sentence":"roc_auc is unknown: no labelled predictions of this version in the window","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","champion":{"holdoutMetrics":{"roc_auc":0.7544260685465313},"intervalEnd":"2026-03-16T02:15:00Z","promotedAt":"2026-03-16T02:15:00Z","publishedAt":"2026-03-16T02:15:00Z","trainedAt":"2026-03-16T02:15:00Z","version":1},"earlierEvaluations":["2026-03-18T02:15:00Z"],"gap":"1d","lastJudged":{"endedAt":"2026-03-16T02:15:00Z","intervalEnd":"2026-03-16T02:15:00Z","run":{"model":"churn","number":1},"state":"promoted"},"mode":"promote","model":"churn","nominal":"2026-03-19T02:15:00Z","now":"2026-03-19T02:15:00Z","observations":[{"known_at":"2026-03-19T02:15:00Z","metric":"roc_auc","sample_size":0,"source":"monitor","undefined":"no labelled predictions of this version in the window","version":1,"window":{"end":"2026-03-19T02:15:00Z","start":"2026-03-12T02:15:00Z"}}]}');
INSERT INTO "decision" VALUES(18,18,'churn',1773972900000000,'unknown',X'589A52F663C15E584869287E6B471EDD503FA35AD76FFACBC2F31338A35F3922','{"restraints":[{"kind":"cooldown","sentence":"cooldown of 7d after churn#1 was promoted","until":"2026-03-23T02:15:00Z"}],"sentence":"can''t tell whether to retrain: roc_auc is unknown: 300 labelled rows in the window, 1,000 are needed","tree":{"condition":"performance","parts":[],"reading":{"known_at":"2026-03-20T02:15:00Z","observed":0.7733777777777778,"sample_size":300,"source":"monitor","window":{"end":"2026-03-20T02:15:00Z","start":"2026-03-13T02:15:00Z"}},"sentence":"roc_auc is unknown: 300 labelled rows in the window, 1,000 are needed","truth":"unknown"},"verdict":"unknown"}','{"action":"evaluate","champion":{"holdoutMetrics":{"roc_auc":0.7544260685465313},"intervalEnd":"2026-03-16T02:15:00Z","promotedAt":"2026-03-16T02:15:00Z","publishedAt":"2026-03-16T02:15:00Z","trainedAt":"2026-03-16T02:15:00Z","version":1},"earlierEvaluations":["2026-03-19T02:15:00Z"],"gap":"1d","lastJudged":{"endedAt":"2026-03-16T02:15:00Z","intervalEnd":"2026-03-16T02:15:00Z","run":{"model":"churn","number":1},"state":"promoted"},"mode":"promote","model":"churn","nominal":"2026-03-20T02:15:00Z","now":"2026-03-20T02:15:00Z","observations":[{"known_at":"2026-03-20T02:15:00Z","metric":"roc_auc","sample_size":300,"source":"monitor","value":0.7733777777777778,"version":1,"window":{"end":"2026-03-20T02:15:00Z","start":"2026-03-13T02:15:00Z"}}]}');
CREATE TABLE gate_report (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run (id),
  model TEXT NOT NULL,
  candidate INTEGER NOT NULL,
  champion INTEGER,
  holdout BLOB CHECK (length(holdout) = 32),
  verdict TEXT NOT NULL CHECK (verdict IN ('pass', 'fail', 'inconclusive')),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  json TEXT NOT NULL CHECK (json_valid(json)),
  judged_at INTEGER NOT NULL,
  FOREIGN KEY (model, candidate) REFERENCES version (model, number),
  FOREIGN KEY (model, champion) REFERENCES version (model, number)
) STRICT;
INSERT INTO "gate_report" VALUES(1,1,'churn',1,NULL,X'F62BB4A102458C0EF0FF4EB496945CB82A74C0724F43186523789AE43B57569C','pass',X'5DB9A19D900B82C2780FE58C5DA594817CD57C07F7D02448A494FA85E6829F02','{"blind":"by convention","candidate":1,"holdout":"f62bb4a102458c0ef0ff4eb496945cb82a74c0724f43186523789ae43b57569c","looks":1,"results":[{"bound":0.7,"candidate_value":0.7544260685465313,"confidence":0.95,"estimate":0.7544260685465313,"gate":"metric","left_out":[],"lower":0.7228361512122964,"metric":"roc_auc","rows":626,"sentence":"roc_auc is 0.754 (95 % sure that it is at least 0.723); at least 0.7 is asked: pass","upper":0.7860159858807662,"verdict":"pass"},{"bound":-0.02,"candidate_value":0.7544260685465313,"confidence":0.95,"gate":"champion","left_out":[],"metric":"roc_auc","rows":626,"sentence":"there is no champion yet to compare roc_auc with: pass","verdict":"pass"},{"bound":0,"estimate":0,"gate":"leakage","left_out":[],"rows":626,"sentence":"none of the 626 holdout rows is among the rows that the candidate was trained on: pass","verdict":"pass"}],"rows":626,"verdict":"pass"}',1773627300000000);
CREATE TABLE holdout (
  run INTEGER PRIMARY KEY REFERENCES run (id),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  blinded BLOB NOT NULL CHECK (length(blinded) = 32),
  withheld BLOB NOT NULL CHECK (length(withheld) = 32),
  rows INTEGER NOT NULL CHECK (rows >= 0),
  origin TEXT NOT NULL
) STRICT;
INSERT INTO "holdout" VALUES(1,X'F62BB4A102458C0EF0FF4EB496945CB82A74C0724F43186523789AE43B57569C',X'CEFCF1805151612392434AFFB1657B8AFA2315B5CB2576F5FF01CF7F5800E446',X'BBB14C696AE1CBDA89283AE9F8192A1116C9A1E108EA2E216E8CF5751EA9C33E',626,'0.3 of the ids whose labels matured from 2026-03-09T02:15:00Z to 2026-03-16T02:15:00Z, drawn by a keyed hash');
CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  model TEXT,
  run INTEGER,
  payload_digest BLOB NOT NULL CHECK (length(payload_digest) = 32),
  payload TEXT,
  leaf BLOB NOT NULL CHECK (length(leaf) = 32)
) STRICT;
INSERT INTO "ledger" VALUES(1,1772417700000000,'refit','project-created',NULL,NULL,X'5B4D8D1714AC7A6ACE350A40C59F6D5C88024338D12124F0CA41009A427EF04E','{"project":"shop"}',X'D3231865229EEA753FFC974975227FFA97F8D3C786149134EF7FCF214E03AEF2');
INSERT INTO "ledger" VALUES(2,1772417700000000,'root','configuration-applied',NULL,NULL,X'E4F217DEF80F7DEFF6A2D6154E44ED78A9764484B8CA516855A02CB26970DD23','{"added":["churn"],"changed":[],"configuration":"d96c7cc1a298c61704f24059493b44a4d175aa836d2e875cb191dfdb43bdfe09","removed":[]}',X'9AC94715F1EA4B9E0B7014A998EC34221888AAA5B19B2B87C2C0369639FD6898');
INSERT INTO "ledger" VALUES(3,1772504100000000,'refit','occurrence-decided','churn',NULL,X'7A31809FD48FDD9A142B1C1BD19586D11A57F5B69C7059E23A68E4E954624BC3','{"decision":"dd6f089c1fdd089c3c7eb15a21066c4a4b0a4c1d87fb0628688ba3d263f7c2c0","nominal":"2026-03-03T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","situation":"7185f8c51afe5712f7fbfc6d54f69739a54d3805f0de30303971a53ae6ef47df","verdict":"unknown"}',X'9AD7D7296A3CEBEFA1DC5AC794AD69E39967C40905545BEE7757CDD158F2D6CD');
INSERT INTO "ledger" VALUES(4,1772504100000000,'refit','alert','churn',NULL,X'2309A8FC55121EF0D86706BFFFBDDBB12217369C401848D547678B4C318CC61F','{"sentence":"the policy of churn can''t decide: no champion yet: ''refit retrain churn --because …'' trains the first version"}',X'D793FAB516EBA2B438B6BAFAA897355665A2194F0B3D2509511983BD93D1933C');
INSERT INTO "ledger" VALUES(5,1772590500000000,'refit','occurrence-decided','churn',NULL,X'B6EDAFECEFB4327FAF67E88F6AF4CFB439C75B1889470B471AEE1763ACA1253F','{"decision":"dd6f089c1fdd089c3c7eb15a21066c4a4b0a4c1d87fb0628688ba3d263f7c2c0","nominal":"2026-03-04T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","situation":"3e3a58bc21cc2acc7619070641175b440ab1b941dd4dba5e8c2fbecf11d85daf","verdict":"unknown"}',X'60611F53704E224D4F8DE57207F41AA5F930A437A3A9466E6FAA17F8CE940775');
INSERT INTO "ledger" VALUES(6,1772676900000000,'refit','occurrence-decided','churn',NULL,X'6EA7B046D4C849FB38DE4BFB1B7151D5A8D04AE236DD768758FCB188D3D5C9A5','{"decision":"dd6f089c1fdd089c3c7eb15a21066c4a4b0a4c1d87fb0628688ba3d263f7c2c0","nominal":"2026-03-05T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","situation":"bae14e8b3703e5b9509cf85b73a7a7e3200cb06521b8b26fb56f58c2d0abf012","verdict":"unknown"}',X'AF604A32D6A081D8E75FC37981421267A8FDBE68E2A5A627E4ABEC79A1833F2F');
INSERT INTO "ledger" VALUES(7,1772763300000000,'refit','occurrence-decided','churn',NULL,X'5EEF21086D0EB8839A1C0B976E9E63573E1CBE7B4E5C50B77911543A7A8FC927','{"decision":"dd6f089c1fdd089c3c7eb15a21066c4a4b0a4c1d87fb0628688ba3d263f7c2c0","nominal":"2026-03-06T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","situation":"87f17288dd543203b2755f08d3c70545fc6fb92bb734f079b516ce40f95c5502","verdict":"unknown"}',X'F9A7A37F2B124E85A0AAF2B3ED62B1E82921247635AFEBECBA51049E9467E8F2');
INSERT INTO "ledger" VALUES(8,1772849700000000,'refit','occurrence-decided','churn',NULL,X'D2FE5E95C81646F85F619251AE7CB7CA952494BD74FF3B69D8323017541381F3','{"decision":"dd6f089c1fdd089c3c7eb15a21066c4a4b0a4c1d87fb0628688ba3d263f7c2c0","nominal":"2026-03-07T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","situation":"ace3f72613cbee79a545ce12b9b06c67748634a92686a077ee3d8f424076eb53","verdict":"unknown"}',X'95756F10F4EFA600ED831E0CC950F1DE4D1E28BC0BC214316307388B823FF24B');
INSERT INTO "ledger" VALUES(9,1772936100000000,'refit','occurrence-decided','churn',NULL,X'9E1CD75BD6289F265143683BDCBC12366423D30EC084D4A55369C87721E15094','{"decision":"dd6f089c1fdd089c3c7eb15a21066c4a4b0a4c1d87fb0628688ba3d263f7c2c0","nominal":"2026-03-08T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","situation":"76c346cb364cac8da466d641ea2b34bfb60f4dfb6240e08769eb234c60b15efa","verdict":"unknown"}',X'9A11F5CEF354657693916E18BCB111FE3A284616E23E56F4652EE15807A42BC1');
INSERT INTO "ledger" VALUES(10,1773022500000000,'refit','occurrence-decided','churn',NULL,X'5B9627F49FBCAF735971B7BD4888BFC2C47663E0E7BF2E5BFA44882634FB4867','{"decision":"dd6f089c1fdd089c3c7eb15a21066c4a4b0a4c1d87fb0628688ba3d263f7c2c0","nominal":"2026-03-09T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","situation":"7cc5f9337289b594327f2f6fbb705ba094b53fb1e48a0b1dd66fdea605943da5","verdict":"unknown"}',X'AE084CDCB484FA58C78C1F61B9130A3F82D5D1E980F2BECB4ED52D18A54C9840');
INSERT INTO "ledger" VALUES(11,1773108900000000,'refit','occurrence-decided','churn',NULL,X'B8EFB6B0464F40294A6CD28BAAA734100EEEFF2B95A04F399B7A9C2CE6CEFC1A','{"decision":"dd6f089c1fdd089c3c7eb15a21066c4a4b0a4c1d87fb0628688ba3d263f7c2c0","nominal":"2026-03-10T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","situation":"a92906914b9fa6fd63f9e669098fd02939431f2feeac8ec94e46216a9a0c0aeb","verdict":"unknown"}',X'CB788812D462A18E54084744009A3AE1BB8CA55D0BC892F0EE4EDB0A5B7C5D43');
INSERT INTO "ledger" VALUES(12,1773195300000000,'refit','occurrence-decided','churn',NULL,X'B31283F73334458E001386BE5EC2BDA5615F0DC79CA545997A3DFBAC315BB8C4','{"decision":"dd6f089c1fdd089c3c7eb15a21066c4a4b0a4c1d87fb0628688ba3d263f7c2c0","nominal":"2026-03-11T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","situation":"06e50bd0ce0ccefe487532341912e2e278ddaa11dd057efa9ebd106e89cc30b3","verdict":"unknown"}',X'3545CAD556BBAAB102789FBE00C580AE4A8642F6CC5F7EB56403421F0AE34784');
INSERT INTO "ledger" VALUES(13,1773281700000000,'refit','occurrence-decided','churn',NULL,X'237FF04FC20A5A12B8B19E51A9D53A75E94A7862580AD26C303F824FBBF56E17','{"decision":"dd6f089c1fdd089c3c7eb15a21066c4a4b0a4c1d87fb0628688ba3d263f7c2c0","nominal":"2026-03-12T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","situation":"5aee232607d1d7cc5de6007a9ef9f5cef0b899bbc2e9c736f095afb26a8fbedb","verdict":"unknown"}',X'961675B96D1B7CC733400E128E12E78D6FD065DA7DD988FEBBBA01C8AA2071F9');
INSERT INTO "ledger" VALUES(14,1773368100000000,'refit','occurrence-decided','churn',NULL,X'E31E8C325885C7EA472EE0615A480DEE76288FB06DFE9385037571C9201631D5','{"decision":"dd6f089c1fdd089c3c7eb15a21066c4a4b0a4c1d87fb0628688ba3d263f7c2c0","nominal":"2026-03-13T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","situation":"e86d40275147dd2d88a8cb5cff3f5bbdbff03e7d18bc65770baa6755faf6de52","verdict":"unknown"}',X'A5A4C0BE7B1795BF3203AE9176E774398B11B4A3B3FC11DC1037DA88530E87E9');
INSERT INTO "ledger" VALUES(15,1773454500000000,'refit','occurrence-decided','churn',NULL,X'DF6780AD7F8D253CE230642DA1B512B5FB3B20D9DC1126DBD02576FED59048D8','{"decision":"dd6f089c1fdd089c3c7eb15a21066c4a4b0a4c1d87fb0628688ba3d263f7c2c0","nominal":"2026-03-14T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","situation":"53eaa5184a45f9a334298f0ca910f9a5e312a90824436176cbc7cc6b592bab60","verdict":"unknown"}',X'4B0FF5114E7C127C7904A2FEB57C053E5CA461B63E899D61384FA72B89B1FF58');
INSERT INTO "ledger" VALUES(16,1773540900000000,'refit','occurrence-decided','churn',NULL,X'2F802859EDE359A775757221294BAB971E31BCE079FD3E9E9E2EA765222E3BB7','{"decision":"dd6f089c1fdd089c3c7eb15a21066c4a4b0a4c1d87fb0628688ba3d263f7c2c0","nominal":"2026-03-15T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","situation":"5ae3ee32dd7b772ae7b439c8fe61ac5cf67e5825bc9e0c9626e69d43deb098c5","verdict":"unknown"}',X'449412AA3775EE63EEA2B16539D26561532EB45438FBF1D0C3D77F9446C31128');
INSERT INTO "ledger" VALUES(17,1773627300000000,'refit','occurrence-decided','churn',NULL,X'04278F4B30CEE91724B18BF3827F11904110C6ECB6545973ED806C5FB8EF4155','{"decision":"dd6f089c1fdd089c3c7eb15a21066c4a4b0a4c1d87fb0628688ba3d263f7c2c0","nominal":"2026-03-16T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"no champion yet: ''refit retrain churn --because …'' trains the first version","situation":"0b6e40f3d7d3e581ba9f8b927cac5bb5a0db29777d780f52644457fddf095035","verdict":"unknown"}',X'3D7D88BC3CFB7A5B124A0E0DDF14E1F823925A993A4A1F7453C69F645B1E664E');
INSERT INTO "ledger" VALUES(18,1773627300000000,'root','run-opened','churn',1,X'B9728C2529C7BDF0FD5E3B413CC5F9D2C0530C19F8731BA94A6C97BE843329BF','{"because":"the first version","configuration":"1fd6f31f7955af7e6b2ccc41a86c37b294a685ac71be7a88515532b5e6b61275","interval":{"end":"2026-03-16T02:15:00Z","start":null},"known_at":"2026-03-16T02:15:00Z","trigger":{"person":"root"}}',X'31053A6B4CB2815B3F740626E230949254A303FA4656388ECC10838E87B1CBEC');
INSERT INTO "ledger" VALUES(19,1773627300000000,'refit','holdout-frozen','churn',1,X'069CEF40AF069A9F22DF336FC48E1764152122C8769FEC60238D73144C9EAD00','{"blinded":"cefcf1805151612392434affb1657b8afa2315b5cb2576f5ff01cf7f5800e446","holdout":"f62bb4a102458c0ef0ff4eb496945cb82a74c0724f43186523789ae43b57569c","origin":"0.3 of the ids whose labels matured from 2026-03-09T02:15:00Z to 2026-03-16T02:15:00Z, drawn by a keyed hash","rows":626,"withheld":"bbb14c696ae1cbda89283ae9f8192a1116c9a1e108ea2e216e8cf5751ea9c33e"}',X'880FBF2DAEBF4F130E35D0904AD2E1756468593B1E414277D71A0C5FB1E114E6');
INSERT INTO "ledger" VALUES(20,1773627300000000,'refit','attempt-ended','churn',1,X'85D9D90E5D75E6EF2FBA3F7C7C813F0C2B13AE8915C026FEE0280D68E3B32793','{"attempt":1,"job":"train","outputs":{"jobs":"241502fa3133a9c45dcc435e61733b1b8f330dfac606e8de9507ea7f141b0371","model":"b0b0902ec8a6efa6b6321459fde67efa4c98e7120ee05ecc3cdefe4ea68351e8","state/runs/churn/1/train/1/log":"f449b3c1ee974b2c597329c39d3018df765ad6676bdff0885f26be5af7cad5b5","training.csv":"f9836ffa82be5332137edb1b925469341b2246b0d1e23fe9754bdcf57b4f82fd"},"reason":null,"state":"succeeded","subject":"candidate"}',X'89C061139A8390D8AFC5E173CEA50CAC2AFAB5C1B33BAE18EC655323DCC2BDFC');
INSERT INTO "ledger" VALUES(21,1773627300000000,'refit','candidate-sealed','churn',1,X'FF920C5691F55E4E8C09E280E2A2BD5DA3C740CC687C065B7EF1D5E9BD4EF437','{"code":"241502fa3133a9c45dcc435e61733b1b8f330dfac606e8de9507ea7f141b0371","model":"b0b0902ec8a6efa6b6321459fde67efa4c98e7120ee05ecc3cdefe4ea68351e8","training":"f9836ffa82be5332137edb1b925469341b2246b0d1e23fe9754bdcf57b4f82fd","version":1}',X'3CC44353BF4C6769EB28349D1B0FF3DECA8C39826597B45FB93596CCE0BF9F1C');
INSERT INTO "ledger" VALUES(22,1773627300000000,'refit','attempt-ended','churn',1,X'882DB03C646D5DA3349B0D65F4CA21431EABDDC9D2F8C9ADB962B5FA45881D7A','{"attempt":1,"job":"score","outputs":{"predictions.csv":"b3675be016c19c87d026aa7c26646d5d9021e717ed7d40e732340513b0fe58aa","state/runs/churn/1/score/1/log":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},"reason":null,"state":"succeeded","subject":"candidate"}',X'2BBF3D0DC4BD06641918EC0F637EB7467B166EAEA1D93743123E3B0D47A5AE58');
INSERT INTO "ledger" VALUES(23,1773627300000000,'refit','gates-judged','churn',1,X'DD6ED6F640635285DBBA8CDD04B9F4D8CB2B4DE3E2FBCF1B5E388949F6A81D58','{"candidate":1,"champion":null,"holdout":"f62bb4a102458c0ef0ff4eb496945cb82a74c0724f43186523789ae43b57569c","looks":1,"report":"5db9a19d900b82c2780fe58c5da594817cd57c07f7d02448a494fa85e6829f02","sentences":["roc_auc is 0.754 (95 % sure that it is at least 0.723); at least 0.7 is asked: pass","there is no champion yet to compare roc_auc with: pass","none of the 626 holdout rows is among the rows that the candidate was trained on: pass"],"verdict":"pass"}',X'648B238428D16AC71F3ACE3E32C579251777A41D77100CED1B43B2443C940CC1');
INSERT INTO "ledger" VALUES(24,1773627300000000,'refit','promoted','churn',1,X'9EEC3108556A995AA6214E2153AA73A0D028B7275A41D2F37CA8A94A3109A7D5','{"because":"all gates passed","previous":null,"version":1}',X'EC45C6A982F3CD227AA993726F311C4D5EB0ADDA1B99251DBA9A49022A0F0705');
INSERT INTO "ledger" VALUES(25,1773627300000000,'refit','run-ended','churn',1,X'045F3CADC7E6B288AB732CF313278DAC5ECFB123A9E33E8CEB870951F31EB089','{"reason":"all gates passed","state":"promoted"}',X'600F357334F8EE38919DB7CA161F4BD9BD01AE6C233326D7FF408F848FBFF7BB');
INSERT INTO "ledger" VALUES(26,1773627300000000,'refit','published','churn',1,X'2430F1A2AD2982D0067885488A4C89E21AD1D7C83B115BA8F1B20ACC88DFAEA8','{"version":1}',X'6BE3022E36DD7D0B263FBB55ADF4CB205FF4C8C79210018D4AD7B8AD06D01E71');
INSERT INTO "ledger" VALUES(27,1773713700000000,'refit','occurrence-decided','churn',NULL,X'EDE7CA075261A9C575BBE37BC354F25C8AAC0752656022B8FD259E511D0D481B','{"decision":"d4efb15dd296f2fe41f0ce6b4776e0b83147cb43e9c91680005458e9bcf25bf8","nominal":"2026-03-17T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"can''t tell whether to retrain: roc_auc is unknown: no labelled predictions of this version in the window","situation":"92c50ca5faf45e4bcb9c54772d3e382dede76143071aef4bfdbff0b771b0ad79","verdict":"unknown"}',X'97C3D09F1443FA0B809863850A6A51754B8FC7C32CA791913F7B78F4E80D2667');
INSERT INTO "ledger" VALUES(28,1773800100000000,'refit','occurrence-decided','churn',NULL,X'5E25629F54790F467755DA6576C48A1ED759080D8B62212CE752719BA5A7B57B','{"decision":"ad67fffd318759f806f36440b2ed36e0fd39de5eaf7d9a560bb382bb56bd6e61","nominal":"2026-03-18T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"can''t tell whether to retrain: roc_auc is unknown: no labelled predictions of this version in the window","situation":"099a0c7df0a1218cbca735ce787d57339c3eb98979faf6d07002b395bbf68209","verdict":"unknown"}',X'C00D1431768A7E92685B8A0721ABA884F9DC1A3927CDCF27FA5EAAC19044BDF9');
INSERT INTO "ledger" VALUES(29,1773886500000000,'refit','occurrence-decided','churn',NULL,X'796206A29D9AF8D31A2A52C9BE1C12D52FAB9457704D797ADA3E8211DAE4F3B0','{"decision":"63d22cec35f270318c2c8aae2f82efb467080eb63f5208cc0927625bb9f8317f","nominal":"2026-03-19T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"can''t tell whether to retrain: roc_auc is unknown: no labelled predictions of this version in the window","situation":"4b61e106655e8ec2eedc319966db86d9d1cecfc448051a57771c358a3f67e6df","verdict":"unknown"}',X'F1B1BA66D4F43AF035467C6A310CF3C9754BD94AAAFE964793909A96D0C769B7');
INSERT INTO "ledger" VALUES(30,1773972900000000,'refit','occurrence-decided','churn',NULL,X'302DFB35659D779BA9ED3E2D19EE69748302AF299D33E58CF2EB415E6555C125','{"decision":"6c95bd99a5fd79f23e63a7e0a2ebc2a336ea4eb27237d145a8e8ac99d5fb8c88","nominal":"2026-03-20T02:15:00Z","policy":"589a52f663c15e584869287e6b471edd503fa35ad76ffacbc2f31338a35f3922","run":null,"schedule":"nightly","sentence":"can''t tell whether to retrain: roc_auc is unknown: 300 labelled rows in the window, 1,000 are needed","situation":"e49d28da065db8ce88124d5432f8f859c40344ccef361e00052d97d274288c52","verdict":"unknown"}',X'D5B10BB47AA35DEC9A85936A2F1EFB47C2739CD8FFCFF44128B46616B39F9C36');
CREATE TABLE ledger_frontier (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL CHECK (size >= 0),
  subtrees BLOB NOT NULL CHECK (length(subtrees) % 32 = 0)
) STRICT;
INSERT INTO "ledger_frontier" VALUES(1,30,X'B9C27CC46CCF2EDBC7B7D40B24890230349EAA22323E64ED8AAAFE58FC087D1FA4A3C0A3B19E5D1007A19FAE4D724CD111565F33E7E582ABBE027D51BC4EE552393272F5652F22EA0A2AB5BADD07F3AC643C9832ABDD90AA3928E32CFC5D6FC988835607ADA4C2A489284854D0EB1CB15E632D9FBDE416CC63245343BAC7631F');
CREATE TABLE look (
  holdout BLOB NOT NULL CHECK (length(holdout) = 32),
  artifact BLOB NOT NULL REFERENCES artifact (digest),
  run INTEGER NOT NULL REFERENCES run (id),
  PRIMARY KEY (holdout, artifact)
) STRICT, WITHOUT ROWID;
INSERT INTO "look" VALUES(X'F62BB4A102458C0EF0FF4EB496945CB82A74C0724F43186523789AE43B57569C',X'B0B0902EC8A6EFA6B6321459FDE67EFA4C98E7120EE05ECC3CDEFE4EA68351E8',1);
CREATE TABLE model (
  name TEXT NOT NULL PRIMARY KEY CHECK (name GLOB '[a-z0-9]*' AND length(name) <= 63),
  mode TEXT NOT NULL CHECK (mode IN ('observe', 'train', 'promote')),
  configuration BLOB NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  draw_key BLOB CHECK (length(draw_key) = 32),
  FOREIGN KEY (name, configuration) REFERENCES model_configuration (model, digest)
) STRICT;
INSERT INTO "model" VALUES('churn','promote',X'1FD6F31F7955AF7E6B2CCC41A86C37B294A685AC71BE7A88515532B5E6B61275',1,X'3B5B509891F505571694D883AB33ACB70331F75F3A7C9F01D6B038E52144E410');
CREATE TABLE model_configuration (
  model TEXT NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  json TEXT NOT NULL CHECK (json_valid(json)),
  PRIMARY KEY (model, digest)
) STRICT;
INSERT INTO "model_configuration" VALUES('churn',X'1FD6F31F7955AF7E6B2CCC41A86C37B294A685AC71BE7A88515532B5E6B61275','{"decision":{"favourable":"above","threshold":0.5},"features":{"categorical":[],"numeric":["visits"]},"feedback":{"columns":{"id":"customer","label":"left","time":"known_at"},"matures":"0s","path":"data/labels/*.csv","positive":"1"},"gates":[{"metric":{"at-least":0.7,"confidence":0.95,"name":"roc_auc"}},{"champion":{"confidence":0.95,"metric":"roc_auc","not-worse-by":0.02}},{"leakage":{}}],"holdout":{"draw":{"by":"id","from":"feedback","last":"7d","share":0.3},"groups":[]},"mode":"promote","monitors":{"performance":{"by":"matured","metrics":["roc_auc"],"window":"7d"}},"pipeline":{"score":{"given":[],"grace":"30s","kind":"score","log":"64MiB","needs":["train"],"outputs":[],"retries":{"attempts":1,"backoff":"30s"},"run":["python3","jobs/score.py"],"timeout":"1d","variables":{}},"train":{"given":[],"grace":"30s","id":"customer","kind":"train","log":"64MiB","needs":[],"outputs":[],"retries":{"attempts":1,"backoff":"30s"},"run":["python3","jobs/train.py"],"timeout":"1d","training":"training.csv","variables":{}}},"predictions":{"columns":{"id":"customer","score":"score","time":"scored_at","version":"version"},"path":"data/predictions/*.csv"},"promotion":"automatic","retrain":{"after-failure":"1h","cooldown":"7d","when":{"performance":{"drop":0.05,"for":1,"from":"holdout","metric":"roc_auc","min-samples":1000,"window":"7d"}}},"schedules":{"nightly":{"cron":"15 2 * * *","do":"evaluate","misfire":"once","timezone":"UTC"}},"task":"binary-classification"}');
CREATE TABLE observation (
  id INTEGER PRIMARY KEY,
  model TEXT NOT NULL REFERENCES model (name),
  metric TEXT NOT NULL CHECK (length(metric) > 0),
  version INTEGER CHECK (version > 0),
  "column" TEXT CHECK (length("column") > 0),
  slice TEXT CHECK (length(slice) > 0),
  window_start INTEGER NOT NULL,
  window_end INTEGER NOT NULL CHECK (window_end >= window_start),
  value REAL,
  undefined TEXT,
  sample_size INTEGER CHECK (sample_size >= 0),
  source TEXT NOT NULL CHECK (length(source) > 0),
  known_at INTEGER NOT NULL,
  CHECK ((value IS NULL) = (undefined IS NOT NULL))
) STRICT;
INSERT INTO "observation" VALUES(1,'churn','roc_auc',1,NULL,NULL,1773108900000000,1773713700000000,NULL,'no labelled predictions of this version in the window',0,'monitor',1773713700000000);
INSERT INTO "observation" VALUES(2,'churn','feedback_rows',1,NULL,NULL,1773627300000000,1773713700000000,0.0,NULL,0,'monitor',1773713700000000);
INSERT INTO "observation" VALUES(3,'churn','roc_auc',1,NULL,NULL,1773195300000000,1773800100000000,NULL,'no labelled predictions of this version in the window',0,'monitor',1773800100000000);
INSERT INTO "observation" VALUES(4,'churn','feedback_rows',1,NULL,NULL,1773627300000000,1773800100000000,0.0,NULL,0,'monitor',1773800100000000);
INSERT INTO "observation" VALUES(5,'churn','roc_auc',1,NULL,NULL,1773281700000000,1773886500000000,NULL,'no labelled predictions of this version in the window',0,'monitor',1773886500000000);
INSERT INTO "observation" VALUES(6,'churn','feedback_rows',1,NULL,NULL,1773627300000000,1773886500000000,0.0,NULL,0,'monitor',1773886500000000);
INSERT INTO "observation" VALUES(7,'churn','roc_auc',1,NULL,NULL,1773368100000000,1773972900000000,7.73377777777777830614e-01,NULL,300,'monitor',1773972900000000);
INSERT INTO "observation" VALUES(8,'churn','feedback_rows',1,NULL,NULL,1773627300000000,1773972900000000,300.0,NULL,300,'monitor',1773972900000000);
CREATE TABLE occurrence (
  id INTEGER PRIMARY KEY,
  model TEXT NOT NULL,
  schedule TEXT NOT NULL,
  nominal INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('decided', 'skipped', 'coalesced', 'missed')),
  recorded_at INTEGER NOT NULL,
  reason TEXT CHECK (length(reason) > 0),
  UNIQUE (model, schedule, nominal),
  FOREIGN KEY (model, schedule) REFERENCES schedule (model, name),
  CHECK ((state = 'decided') = (reason IS NULL))
) STRICT;
INSERT INTO "occurrence" VALUES(1,'churn','nightly',1772504100000000,'decided',1772504100000000,NULL);
INSERT INTO "occurrence" VALUES(2,'churn','nightly',1772590500000000,'decided',1772590500000000,NULL);
INSERT INTO "occurrence" VALUES(3,'churn','nightly',1772676900000000,'decided',1772676900000000,NULL);
INSERT INTO "occurrence" VALUES(4,'churn','nightly',1772763300000000,'decided',1772763300000000,NULL);
INSERT INTO "occurrence" VALUES(5,'churn','nightly',1772849700000000,'decided',1772849700000000,NULL);
INSERT INTO "occurrence" VALUES(6,'churn','nightly',1772936100000000,'decided',1772936100000000,NULL);
INSERT INTO "occurrence" VALUES(7,'churn','nightly',1773022500000000,'decided',1773022500000000,NULL);
INSERT INTO "occurrence" VALUES(8,'churn','nightly',1773108900000000,'decided',1773108900000000,NULL);
INSERT INTO "occurrence" VALUES(9,'churn','nightly',1773195300000000,'decided',1773195300000000,NULL);
INSERT INTO "occurrence" VALUES(10,'churn','nightly',1773281700000000,'decided',1773281700000000,NULL);
INSERT INTO "occurrence" VALUES(11,'churn','nightly',1773368100000000,'decided',1773368100000000,NULL);
INSERT INTO "occurrence" VALUES(12,'churn','nightly',1773454500000000,'decided',1773454500000000,NULL);
INSERT INTO "occurrence" VALUES(13,'churn','nightly',1773540900000000,'decided',1773540900000000,NULL);
INSERT INTO "occurrence" VALUES(14,'churn','nightly',1773627300000000,'decided',1773627300000000,NULL);
INSERT INTO "occurrence" VALUES(15,'churn','nightly',1773713700000000,'decided',1773713700000000,NULL);
INSERT INTO "occurrence" VALUES(16,'churn','nightly',1773800100000000,'decided',1773800100000000,NULL);
INSERT INTO "occurrence" VALUES(17,'churn','nightly',1773886500000000,'decided',1773886500000000,NULL);
INSERT INTO "occurrence" VALUES(18,'churn','nightly',1773972900000000,'decided',1773972900000000,NULL);
CREATE TABLE project (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  timezone TEXT,
  concurrency INTEGER CHECK (concurrency > 0),
  clock TEXT CHECK (clock IN ('wall', 'simulated')),
  configuration BLOB REFERENCES configuration (digest),
  created_at INTEGER NOT NULL,
  applied_at INTEGER,
  CHECK ((configuration IS NULL) = (applied_at IS NULL)),
  CHECK ((configuration IS NULL) = (timezone IS NULL)),
  CHECK ((configuration IS NULL) = (concurrency IS NULL)),
  CHECK ((configuration IS NULL) = (clock IS NULL))
) STRICT;
INSERT INTO "project" VALUES(1,'shop','UTC',2,'simulated',X'D96C7CC1A298C61704F24059493B44A4D175AA836D2E875CB191DFDB43BDFE09',1772417700000000,1772417700000000);
CREATE TABLE promotion (
  id INTEGER PRIMARY KEY,
  model TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('promotion', 'rollback')),
  version INTEGER NOT NULL,
  previous INTEGER,
  run INTEGER REFERENCES run (id),
  at INTEGER NOT NULL,
  actor TEXT NOT NULL CHECK (length(actor) > 0),
  because TEXT NOT NULL CHECK (length(because) > 0),
  published_at INTEGER,
  UNIQUE (id, model, version),
  FOREIGN KEY (model, version) REFERENCES version (model, number),
  FOREIGN KEY (model, previous) REFERENCES version (model, number),
  CHECK (previous IS NOT version),
  CHECK (kind <> 'promotion' OR run IS NOT NULL)
) STRICT;
INSERT INTO "promotion" VALUES(1,'churn','promotion',1,NULL,1,1773627300000000,'refit','all gates passed',1773627300000000);
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  model TEXT NOT NULL REFERENCES model (name),
  number INTEGER NOT NULL CHECK (number > 0),
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'gating', 'awaiting-approval',
    'promoted', 'judged', 'refused', 'rejected', 'failed', 'cancelled')),
  trigger_schedule TEXT,
  trigger_nominal INTEGER,
  trigger_person TEXT CHECK (length(trigger_person) > 0),
  because TEXT NOT NULL CHECK (length(because) > 0),
  configuration BLOB NOT NULL,
  interval_start INTEGER,
  interval_end INTEGER NOT NULL,
  known_at INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  candidate INTEGER,
  ended_at INTEGER,
  reason TEXT CHECK (length(reason) > 0),
  cancel_requested INTEGER NOT NULL CHECK (cancel_requested IN (0, 1)),
  decision INTEGER UNIQUE REFERENCES decision (id),
  UNIQUE (model, number),
  FOREIGN KEY (model, configuration) REFERENCES model_configuration (model, digest),
  FOREIGN KEY (model, candidate) REFERENCES version (model, number) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((trigger_person IS NULL) = (trigger_schedule IS NOT NULL)),
  CHECK ((trigger_schedule IS NULL) = (trigger_nominal IS NULL)),
  CHECK ((state IN ('queued', 'running', 'gating', 'awaiting-approval')) = (ended_at IS NULL)),
  CHECK ((ended_at IS NULL) = (reason IS NULL)),
  CHECK (state NOT IN ('gating', 'awaiting-approval', 'promoted', 'judged', 'refused', 'rejected')
    OR candidate IS NOT NULL)
) STRICT;
INSERT INTO "run" VALUES(1,'churn',1,'promoted',NULL,NULL,'root','the first version',X'1FD6F31F7955AF7E6B2CCC41A86C37B294A685AC71BE7A88515532B5E6B61275',NULL,1773627300000000,1773627300000000,1773627300000000,1,1773627300000000,'all gates passed',0,NULL);
CREATE TABLE schedule (
  model TEXT NOT NULL REFERENCES model (name),
  name TEXT NOT NULL,
  cron TEXT NOT NULL,
  timezone TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('evaluate', 'retrain')),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  next_due INTEGER,
  PRIMARY KEY (model, name)
) STRICT;
INSERT INTO "schedule" VALUES('churn','nightly','15 2 * * *','UTC','evaluate',1,1774059300000000);
CREATE TABLE version (
  model TEXT NOT NULL REFERENCES model (name),
  number INTEGER NOT NULL CHECK (number > 0),
  run INTEGER NOT NULL UNIQUE REFERENCES run (id),
  sealed BLOB NOT NULL REFERENCES artifact (digest) DEFERRABLE INITIALLY DEFERRED,
  code BLOB REFERENCES artifact (digest) DEFERRABLE INITIALLY DEFERRED,
  code_path TEXT,
  score TEXT CHECK (score IS NULL OR json_valid(score)),
  training BLOB REFERENCES artifact (digest) DEFERRABLE INITIALLY DEFERRED,
  training_id TEXT,
  interval_start INTEGER,
  interval_end INTEGER NOT NULL,
  sealed_at INTEGER NOT NULL,
  parameters TEXT,
  metrics TEXT,
  PRIMARY KEY (model, number)
) STRICT;
INSERT INTO "version" VALUES('churn',1,1,X'B0B0902EC8A6EFA6B6321459FDE67EFA4C98E7120EE05ECC3CDEFE4EA68351E8',X'241502FA3133A9C45DCC435E61733B1B8F330DFAC606E8DE9507EA7F141B0371','jobs','{"score":{"given":[],"grace":"30s","kind":"score","log":"64MiB","needs":["train"],"outputs":[],"retries":{"attempts":1,"backoff":"30s"},"run":["python3","jobs/score.py"],"timeout":"1d","variables":{}}}',X'F9836FFA82BE5332137EDB1B925469341B2246B0D1E23FE9754BDCF57B4F82FD','customer',NULL,1773627300000000,1773627300000000,NULL,NULL);
CREATE INDEX schedule_due ON schedule (next_due) WHERE active = 1 AND next_due IS NOT NULL;
CREATE INDEX decision_by_model ON decision (model, id);
CREATE INDEX observation_by_place ON observation (
  model, metric, ifnull(version, 0), window_end, window_start, ifnull("column", ''), ifnull(slice, ''),
  source, known_at);
CREATE INDEX observation_by_end ON observation (model, window_end);
CREATE UNIQUE INDEX run_live ON run (model)
  WHERE state IN ('queued', 'running', 'gating', 'awaiting-approval');
CREATE INDEX run_ended ON run (model, state, ended_at) WHERE ended_at IS NOT NULL;
CREATE TRIGGER run_end_is_final BEFORE UPDATE ON run WHEN old.ended_at IS NOT NULL
  AND (new.state <> old.state OR new.ended_at IS NOT old.ended_at OR new.reason IS NOT old.reason)
  BEGIN SELECT RAISE(ABORT, 'a run that has ended stays as it ended'); END;
CREATE UNIQUE INDEX attempt_live ON attempt (run, job, subject) WHERE state IN ('launching', 'running');
CREATE TRIGGER attempt_exit_stays BEFORE UPDATE ON attempt_exit
  BEGIN SELECT RAISE(ABORT, 'how an attempt ended does not change'); END;
CREATE TRIGGER attempt_exit_is_kept BEFORE DELETE ON attempt_exit
  BEGIN SELECT RAISE(ABORT, 'how an attempt ended is kept'); END;
CREATE INDEX holdout_by_digest ON holdout (digest);
CREATE TRIGGER holdout_stays BEFORE UPDATE ON holdout
  BEGIN SELECT RAISE(ABORT, 'a frozen holdout does not change'); END;
CREATE TRIGGER holdout_is_kept BEFORE DELETE ON holdout
  BEGIN SELECT RAISE(ABORT, 'a frozen holdout is kept'); END;
CREATE INDEX version_by_sealed ON version (sealed);
CREATE TRIGGER version_stays BEFORE UPDATE ON version
  BEGIN SELECT RAISE(ABORT, 'a sealed version does not change'); END;
CREATE TRIGGER version_is_kept BEFORE DELETE ON version
  BEGIN SELECT RAISE(ABORT, 'a sealed version is kept'); END;
CREATE INDEX gate_report_by_run ON gate_report (run, id);
CREATE TRIGGER gate_report_stays BEFORE UPDATE ON gate_report
  BEGIN SELECT RAISE(ABORT, 'a gate report does not change'); END;
CREATE TRIGGER gate_report_is_kept BEFORE DELETE ON gate_report
  BEGIN SELECT RAISE(ABORT, 'a gate report is kept'); END;
CREATE TRIGGER approval_needs_report BEFORE INSERT ON approval
  WHEN NOT EXISTS (SELECT 1 FROM gate_report WHERE run = new.run AND digest = new.gate_report)
  BEGIN SELECT RAISE(ABORT, 'an approval is bound to a gate report of its run'); END;
CREATE TRIGGER approval_stays BEFORE UPDATE ON approval
  BEGIN SELECT RAISE(ABORT, 'an approval does not change'); END;
CREATE TRIGGER approval_is_kept BEFORE DELETE ON approval
  BEGIN SELECT RAISE(ABORT, 'an approval is kept'); END;
CREATE INDEX promotion_by_model ON promotion (model, id);
CREATE INDEX promotion_published ON promotion (model, published_at) WHERE published_at IS NOT NULL;
CREATE TRIGGER promotion_stays BEFORE UPDATE ON promotion
  WHEN old.published_at IS NOT NULL OR new.published_at IS NULL OR new.id IS NOT old.id
    OR new.model IS NOT old.model OR new.kind IS NOT old.kind OR new.version IS NOT old.version
    OR new.previous IS NOT old.previous OR new.run IS NOT old.run OR new.at IS NOT old.at
    OR new.actor IS NOT old.actor OR new.because IS NOT old.because
  BEGIN SELECT RAISE(ABORT, 'a promotion does not change; it is published once'); END;
CREATE TRIGGER promotion_is_kept BEFORE DELETE ON promotion
  BEGIN SELECT RAISE(ABORT, 'a promotion is kept'); END;
CREATE INDEX artifact_use_by_run ON artifact_use (run, direction, artifact, attempt);
CREATE INDEX artifact_use_by_artifact ON artifact_use (artifact, direction, run, attempt);
CREATE INDEX artifact_use_by_attempt ON artifact_use (attempt) WHERE attempt IS NOT NULL;
CREATE TRIGGER artifact_use_stays BEFORE UPDATE ON artifact_use
  BEGIN SELECT RAISE(ABORT, 'an edge of the lineage does not change'); END;
CREATE TRIGGER artifact_use_is_kept BEFORE DELETE ON artifact_use
  BEGIN SELECT RAISE(ABORT, 'an edge of the lineage is kept'); END;
CREATE INDEX ledger_by_model ON ledger (model, seq) WHERE model IS NOT NULL;
CREATE INDEX ledger_turns ON ledger (kind, model, run)
  WHERE kind IN ('promoted', 'rolled-back', 'run-ended', 'candidate-sealed', 'occurrence-decided',
    'holdout-frozen', 'attempt-ended', 'gates-judged', 'approval-given', 'published');
CREATE TRIGGER ledger_has_no_gap BEFORE INSERT ON ledger
  WHEN new.seq IS NOT (SELECT ifnull(max(seq), 0) + 1 FROM ledger)
  BEGIN SELECT RAISE(ABORT, 'the ledger is appended to, without a gap'); END;
CREATE TRIGGER ledger_is_kept BEFORE DELETE ON ledger
  BEGIN SELECT RAISE(ABORT, 'a ledger event is never deleted'); END;
CREATE TRIGGER ledger_stays BEFORE UPDATE ON ledger
  WHEN new.payload IS NOT NULL OR new.seq IS NOT old.seq OR new.at IS NOT old.at
    OR new.actor IS NOT old.actor OR new.kind IS NOT old.kind OR new.model IS NOT old.model
    OR new.run IS NOT old.run OR new.payload_digest IS NOT old.payload_digest OR new.leaf IS NOT old.leaf
  BEGIN SELECT RAISE(ABORT, 'a ledger event never changes; only its payload can be pruned'); END;
CREATE TRIGGER ledger_frontier_grows BEFORE UPDATE ON ledger_frontier WHEN new.size < old.size
  BEGIN SELECT RAISE(ABORT, 'the ledger never shrinks'); END;
CREATE TRIGGER ledger_frontier_is_kept BEFORE DELETE ON ledger_frontier
  BEGIN SELECT RAISE(ABORT, 'the ledger''s frontier is kept'); END;
COMMIT;
