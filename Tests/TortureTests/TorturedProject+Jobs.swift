extension TorturedProject {
  /// The jobs, in shell. Each tells the witness by one write when it starts and when it ends, and holds a lock for as
  /// long as any process of its tree is alive.
  static let jobs = [
    "witness.sh": """
    place=${REFIT_OUTPUT%/output}
    project=${place%%/state/runs/*}
    witness=/var/tmp/${project##*/}.witness
    attempt=${place##*/state/runs/}
    tell() {
      read -r now rest < /proc/uptime
      echo "$attempt $1 $$ $now" >> "$witness/told"
    }
    # Of the attempts of one job of a model never two at a time: every process of the tree inherits this lock.
    name=${attempt##*/}
    exec 9>> "$witness/$REFIT_MODEL-$REFIT_JOB-${name%[0-9]*}.lock"
    tell start
    # 1 says that another holds it; what kills jobs may also hit flock itself.
    locked=0
    flock -n 9 || locked=$?
    [ $locked != 1 ] || tell overlap
    # In a sandbox, where pids begin anew, /tmp is the attempt's own.
    [ $$ -gt 9 ] || echo scratch > /tmp/scratch
    echo line 1
    while [ -e "$witness/hold" ]; do sleep 0.02; done
    if [ -e "$witness/calm" ]; then
      dice=100
    else
      dice=$(echo "$attempt $REFIT_SEED" | cksum)
      dice=${dice%% *}
      sleep 0.$((100 + dice % 200))
    fi
    echo line 2
    fate=$((dice / 200 % 16))
    [ $dice != 100 ] || fate=9
    case $fate in
      0) tell end; exit 1 ;;
      1) tell end; exit 75 ;;
      2) kill -KILL $$ ;;
      3) (setsid sleep 30 &) ;;
      4) trap '' TERM; (sleep 30 > /dev/null 2>&1 &) ;;
      5) sleep 0.4 ;;
    esac
    echo line 3

    """,
    "train.sh": """
    set -e
    . jobs/witness.sh
    mkdir "$REFIT_OUTPUT/model"
    weight=1.$((REFIT_SEED % 10))
    [ $fate != 6 ] || weight=-1
    echo $weight > "$REFIT_OUTPUT/model/weight"
    [ $fate != 7 ] && [ ! -e "$witness/heavy" ] || head -c 17000000 /dev/zero > "$REFIT_OUTPUT/model/ballast"
    awk -F, 'NR == FNR { withheld[$1] = 1; next } FNR == 1 { print "id,x" } FNR > 1 && !($1 in withheld) { print $1 "," $3 }' \\
      "$REFIT_INPUT/withheld.csv" data/predictions.csv > "$REFIT_OUTPUT/training.csv"
    echo "{\\"weight\\": $weight}" > "$REFIT_OUTPUT/params.json"
    echo line 4
    tell end

    """,
    "score.sh": """
    set -e
    . jobs/witness.sh
    awk -F, -v w="$(cat "$REFIT_INPUT/model/weight")" \\
      'NR == 1 { print "id,score"; next } { printf "%s,%.6f\\n", $1, 1 / (1 + exp(-w * $NF)) }' \\
      "$REFIT_INPUT/holdout.csv" > "$REFIT_OUTPUT/predictions.csv"
    echo line 4
    tell end

    """,
  ]
}
