#!/usr/bin/env bash
# verify.sh BUNDLE_DIR - re-verifies by hand what coreutils can of a VDP/1 bundle with alg sha256.
#
# Needs bash, awk, sort, sha256sum and the like; no jq, no Python. It never says "verified", because it
# never checks everything. Exit codes: 1 something is contradicted; 2 what was checked holds (or nothing
# could be checked). Codes (ids) are those of section 10 of draw-v1.md; a line of "yes" says in brackets what
# part of the claim was looked at.
set -u
export LC_ALL=C
unset CDPATH GLOBIGNORE POSIXLY_CORRECT
TAB=$(printf '\t')
LF='
'
BATCH=4000
FAILED=0

if [ $# -ne 1 ] || [ ! -d "$1" ]; then
    echo "usage: verify.sh BUNDLE_DIR   (a folder; unpack a zip first)" >&2
    exit 2
fi
B=$(cd -- "$1" && pwd) || exit 2
T=$(mktemp -d "${TMPDIR:-/tmp}/vdp.XXXXXXXX") || exit 2
trap 'rm -rf -- "$T"' EXIT
trap 'exit 2' HUP INT TERM
mkdir "$T/flat" "$T/ids"

yes_() { printf 'yes      %-19s %s\n' "$1" "$2"; }
no_() { printf 'no       %-19s %s\n' "$1" "$2"; FAILED=1; }
unknown_() { printf 'unknown  %-19s %s\n' "$1" "$2"; }

# flatten NAME: writes "path TAB value" for every value of a manifest, strings without their quotes, as escaped.
# Inside a JSON string a quote is always escaped, so no text can pass for a field.
flatten() {
    awk '
    { s = s (NR > 1 ? " " : "") $0 }
    END {
        d = 0; p = ""
        while (s != "") {
            c = substr(s, 1, 1)
            if (c == "{") { t[++d] = "o"; b[d] = p; s = substr(s, 2) }
            else if (c == "[") { t[++d] = "a"; b[d] = p; n[d] = 0; p = b[d] "[0]"; s = substr(s, 2) }
            else if (c == "}" || c == "]") { d--; s = substr(s, 2) }
            else if (c == ",") { if (t[d] == "a") { n[d]++; p = b[d] "[" n[d] "]" } s = substr(s, 2) }
            else if (c == "\"") {
                if (!match(s, /^"([^"\\]|\\.)*"/)) exit 1
                v = substr(s, 2, RLENGTH - 2); s = substr(s, RLENGTH + 1)
                if (substr(s, 1, 1) == ":") { p = b[d] "." v; s = substr(s, 2) }
                else print p "\t" v
            }
            else {
                if (!match(s, /^[^],}]+/)) exit 1
                print p "\t" substr(s, 1, RLENGTH); s = substr(s, RLENGTH + 1)
            }
        }
        exit (d != 0)
    }' < "$B/$1" > "$T/flat/$2"
}

# get FLAT PATH: one value, or nothing
get() { [ -f "$T/flat/$1" ] && awk -F '\t' -v p="$2" '$1 == p { print $2; exit }' "$T/flat/$1"; }

# table FLAT ARRAY FIELD...: one line per item of an array of objects; the fields separated by TAB, - where absent
table() {
    _f=$1; _a=$2; shift 2
    awk -F '\t' -v a="$_a" -v want="$*" '
    BEGIN { k = split(want, w, " ") }
    index($1, a "[") == 1 {
        r = substr($1, length(a) + 2); i = r; sub(/\].*/, "", i); sub(/^[0-9]+\]\.?/, "", r)
        v[i + 0, r] = $2; if (i + 1 > n) n = i + 1
    }
    END { for (i = 0; i < n; i++) { o = ""
            for (j = 1; j <= k; j++) o = o (j > 1 ? "\t" : "") (((i, w[j]) in v) ? v[i, w[j]] : "-")
            print o } }' "$T/flat/$_f"
}

sha() { sha256sum | cut -c1-64; }
tag_file() { { printf 'vdp1:%s\n' "$1"; cat -- "$2"; } | sha; }              # tag(t, bytes of a file)
tag_text() { printf 'vdp1:%s\n%s' "$1" "$2" | sha; }                        # tag(t, text)
rows_of() { wc -l < "$1" | tr -d ' '; }
hash_of() { sha < "$1"; }

finish() {
    echo
    cat <<'END'
NOT checked by this script (use check.py or the verifier page): the closed fields and grammars of the
manifests and lists, tree roots and the register, the rules between fields (commit.rules, sources.rules), the
signatures, the drand beacon, the records of dice and lottery, the log and its witnesses (freshness), the
probabilities and cuts, inspectors, teams and assignment, preflight, events; the quota of kinds total and pps,
the selection of kinds pps and coverage.
END
    echo
    if [ "$FAILED" = 1 ]; then
        echo 'CONTRADICTED: see the lines that begin with "no".'
        exit 1
    fi
    echo 'INDETERMINATE: what I checked holds.'
    exit 2
}

# ---- files and manifests

missing=
need() { [ -f "$B/$1" ] || missing="$missing $1"; }
for n in plan commit proofs signatures; do need "$n.json"; done
state=committed
[ -f "$B/close.json" ] && state=closed
[ -f "$B/certificate.json" ] && { state=drawn; need close.json; }
for f in "$B"/certificate*.json; do
    [ -e "$f" ] && [ "$f" != "$B/certificate.json" ] && missing="$missing (a second certificate)"
done
if [ ! -f "$B/commit.json" ]; then
    no_ bundle.files "missing:$missing"
    finish
fi
broken=
for n in plan commit close certificate; do
    [ -f "$B/$n.json" ] || continue
    if [ "$(rows_of "$B/$n.json")" != 0 ] || ! flatten "$n.json" "$n"; then
        broken="$broken $n.json"
        : > "$T/flat/$n"
    fi
done
sealed=$(get commit .sealed)
alg=$(get commit .alg)
opened=
for f in "$B"/events/[0-9]*.json; do
    case $f in *.values.json) continue ;; esac
    [ -f "$f" ] || continue
    k=${f##*/}
    if flatten "events/$k" "event" && [ "$(get event .type)" = open ]; then
        opened=$k
        cp "$T/flat/event" "$T/flat/open"
    fi
done
[ "$sealed" = true ] || opened=
# before its opening the lists of a sealed draw are not read
readable=1
[ "$sealed" = true ] && [ -z "$opened" ] && readable=
there() { [ -n "$readable" ] && [ -f "$B/$1" ]; }
mode=$(get commit .matching.mode)
kind=$(get commit .design.kind)
table commit .lists name rows hash root > "$T/committed"
if [ -n "$readable" ] && [ -z "$broken" ]; then
    l2=
    for n in people.json attributes.tsv conflicts.tsv short.tsv; do [ -f "$B/$n" ] && l2=1; done
    for n in population exclusions rejected; do need "$n.tsv"; done
    [ "$mode" = none ] || need inspectors.tsv
    [ -n "$(get commit '.demands[0].code')" ] && ! grep -q '^\.demands\[[0-9]*\]\.strata\[' "$T/flat/commit" && need demands.tsv
    if [ -n "$l2" ]; then for n in people.json attributes.tsv conflicts.tsv short.tsv; do need "$n"; done; fi
    if [ "$state" = drawn ]; then
        if [ "$kind" = coverage ]; then need batches.tsv; else need selection.tsv; fi
        case $mode in
            teams) need teams.tsv; need assignment.tsv; need unassigned.tsv ;;
            subjects)
                need unassigned.tsv
                table commit .pools authority > "$T/pools"
                while IFS= read -r name; do need "assignment-$name.tsv"; done < "$T/pools" ;;
        esac
    fi
fi
# a file with an ending of the bundle's own kinds and a name that nothing here gives it
strange=
if [ -z "$broken" ]; then
    {
        for n in plan commit close certificate proofs signatures people; do echo "$n.json"; done
        for n in population exclusions rejected; do echo "$n.tsv"; done
        if [ "$mode" != none ]; then for n in inspectors attributes conflicts short; do echo "$n.tsv"; done; fi
        [ -n "$(get commit '.demands[0].code')" ] && ! grep -q '^\.demands\[[0-9]*\]\.strata\[' "$T/flat/commit" && echo demands.tsv
        if [ "$state" = drawn ]; then
            if [ "$kind" = coverage ]; then echo batches.tsv; else echo selection.tsv; fi
            [ "$mode" = none ] || echo unassigned.tsv
            [ "$mode" != teams ] || printf 'teams.tsv\nassignment.tsv\n'
            [ "$mode" != subjects ] || table commit .pools authority | sed 's/.*/assignment-&.tsv/'
        fi
        table commit .software.files name
    } > "$T/known"
    find "$B/." ! -type d \( -iname '*.json' -o -iname '*.tsv' -o -iname '*.html' -o -iname '*.htm' -o -iname '*.py' -o -iname '*.sh' \) \
        -print0 > "$T/found"
    while IFS= read -r -d '' f; do
        f=${f#"$B/./"}
        case $f in *"$LF"*) strange=$f; continue ;; esac
        printf '%s\n' "$f" | grep -Eqx 'events/[0-9]{4,}(\.values)?\.json' && continue
        grep -Fqx -e "$f" "$T/known" || strange=$f
    done < "$T/found"
fi
if [ -n "$missing" ]; then no_ bundle.files "missing:$missing"
elif [ -n "$strange" ]; then no_ bundle.files "not a file of this bundle: $(printf '%s' "$strange" | tr '\n' '?')"
else yes_ bundle.files "(state $state)"; fi
if [ -n "$broken" ]; then
    no_ manifest.bytes "not one line of JSON:$broken"
    finish
fi
yes_ manifest.bytes "(one line each; not whether it is canonical)"
if [ "$alg" != sha256 ]; then
    unknown_ commit.lists "the hash of this draw is '$alg'; this script knows sha256 only"
    finish
fi

# ---- secrets, plan, lists

wrong=
if [ -n "$opened" ]; then
    table open .secrets id value > "$T/secrets"
    while IFS=$TAB read -r id value; do printf '%s\t%s\n' "$id" "$(tag_text secret "$value")"; done < "$T/secrets" > "$T/h1"
    table commit .sources kind id secret | awk -F '\t' '$1 == "server" { print $2 "\t" $3 }' > "$T/h2"
    if cmp -s "$T/h1" "$T/h2"; then yes_ values.secret "(of $opened)"
    else no_ values.secret "a secret is not the committed one; no root or hash is judged"; wrong=1; opened=; fi
fi

if [ -f "$B/plan.json" ]; then
    if [ "$(hash_of "$B/plan.json")" = "$(get commit .plan.hash)" ] && [ "$(get plan .plan_ref)" = "$(get commit .plan.ref)" ]
    then yes_ plan.entry "(ref and hash)"; else no_ plan.entry "ref or hash of plan.json"; fi
fi
bad= seen=0
while IFS=$TAB read -r name rows hash root; do
    case $name in */*|.*|'') bad="$bad $name"; continue ;; esac
    there "$name" && [ -z "$wrong" ] || continue
    seen=$((seen + 1))
    [ "$(rows_of "$B/$name")" = "$rows" ] || bad="$bad $name(rows)"
    [ "$hash" = - ] || [ "$(hash_of "$B/$name")" = "$hash" ] || bad="$bad $name(hash)"
done < "$T/committed"
if [ -n "$bad" ]; then no_ commit.lists "differs:$bad"
elif [ "$seen" = 0 ]; then unknown_ commit.lists "no committed list is here"
else yes_ commit.lists "($seen lists: rows, and hash where the commitment has one)"; fi

pop_ok=
if there population.tsv && [ -z "$bad" ]; then
    pop_ok=1
    if there exclusions.tsv; then
        both=$(cut -f1 "$B/population.tsv" "$B/exclusions.tsv" | sort | uniq -d | head -n 1)
        if [ -n "$both" ]; then no_ register.partition "$both stands twice"
        elif [ -n "$wrong" ]; then unknown_ register.partition "its root cannot be judged"
        else yes_ register.partition "(no id stands twice)"; fi
    fi
    table commit .strata code rows | sort > "$T/strata"
    cut -f2 "$B/population.tsv" | sort | uniq -c | awk '{ print $2 "\t" $1 }' | sort > "$T/counted"
    if cmp -s "$T/strata" "$T/counted"; then yes_ strata.rows "($(rows_of "$T/strata") strata; not demands and pools)"
    else no_ strata.rows "the rows of the strata"; fi
fi
[ -z "$wrong" ] || readable=                    # of a wrong secret nothing further is judged

# ---- quota

table commit .strata code n | sort > "$T/n"
if [ "$kind" = ratio ]; then
    table commit .design.ratios stratum num den min > "$T/ratios"
    table commit .strata code rows n > "$T/coded"
    verdict=$(awk -F '\t' '
        NR == FNR { num[$1] = $2; den[$1] = $3; min[$1] = $4; next }
        !($1 in num) { print "no: no ratio for " $1; exit }
        { if ($2 * num[$1] + den[$1] > 9007199254740991) { big = 1; next }
          a = $2 * num[$1]; n = (a - a % den[$1]) / den[$1]; if (a % den[$1]) n++
          if (n < min[$1]) n = min[$1] + 0
          if (n > $2) n = $2 + 0
          if (n != $3 + 0) { print "no: " $1 " has n = " $3 ", should be " n; bad = 1; exit }
          if (n == 0) { print "no: nobody from " $1; bad = 1; exit } }
        END { if (!bad && big) print "unknown" }' "$T/ratios" "$T/coded" | head -n 1)
    case $verdict in
        no:*) no_ quota "${verdict#no: }" ;;
        unknown) unknown_ quota "numbers too large for awk" ;;
        *) yes_ quota "(ratio)" ;;
    esac
fi

# ---- close

commit_hash=$(tag_file commit "$B/commit.json")
if [ -f "$B/close.json" ]; then
    if [ "$(get close .commit)" = "$commit_hash" ]; then yes_ close.commit "(names commitment $commit_hash)"
    else no_ close.commit "the close names another commitment than $commit_hash"; fi
    awk -F '\t' '{ print $1 "\t" ($3 == "-" ? $4 : $3) }' "$T/committed" > "$T/c1"
    table close .files name hash > "$T/c2"
    if cmp -s "$T/c1" "$T/c2"; then yes_ close.files "(all)"; else no_ close.files "files differ from the commitment"; fi
fi
[ "$state" = drawn ] || finish

# ---- values, certificate, seed

[ -f "$B/close.json" ] || finish
close_hash=$(tag_file close "$B/close.json")
table commit .sources id kind > "$T/sources"
table certificate .values id value > "$T/values"
awk -F '\t' '$2 != "server" { print $1 }' "$T/sources" > "$T/s1"
cut -f1 "$T/values" > "$T/s2"
order=yes
cmp -s "$T/s1" "$T/s2" && [ "$(head -n 1 "$T/values" | cut -f2)" = "$close_hash" ] || order=no
if [ "$order" = yes ]; then yes_ values.order "(first: the close's hash $close_hash)"
else no_ values.order "ids or the close's hash"; fi
# exactly one of seed (open) and seed_hash (sealed)
if [ "$sealed" = true ]; then stated=$(get certificate .seed_hash) absent=$(get certificate .seed)
else stated=$(get certificate .seed) absent=$(get certificate .seed_hash); fi
software=$(sed -n 's/.*,"software":\({"files":\[.*\],"name":"[^"]*","version":"[^"]*"}\),"sources":.*/\1/p' "$B/commit.json" | tr -d '\n' | sha)
if [ "$(get certificate .commit)" = "$commit_hash" ] && [ "$(get certificate .close)" = "$close_hash" ] &&
   [ "$(get certificate .draw_id)" = "$(get commit .draw_id)" ] && [ "$(get certificate .alg)" = sha256 ] &&
   [ "$(get certificate .software)" = "$software" ] && [ -n "$stated" ] && [ -z "$absent" ]
then yes_ cert.commit "(commit, close, alg, draw_id, software, seed or its hash)"
else no_ cert.commit "commit, close, alg, draw_id, software, or which of seed and seed_hash is there"; fi
bad= seen=0
table certificate .lists name rows hash > "$T/results"
while IFS=$TAB read -r name rows hash; do
    case $name in */*|.*|'') bad="$bad $name"; continue ;; esac
    there "$name" || continue
    seen=$((seen + 1))
    [ "$(rows_of "$B/$name")" = "$rows" ] || bad="$bad $name(rows)"
    [ "$hash" = - ] || [ "$(hash_of "$B/$name")" = "$hash" ] || bad="$bad $name(hash)"
done < "$T/results"
if [ -n "$bad" ]; then no_ cert.lists "differs:$bad"
elif [ "$seen" = 0 ]; then unknown_ cert.lists "no result list is here"
else yes_ cert.lists "($seen lists: rows, and hash in an open draw)"; fi

if [ "$order" != yes ]; then unknown_ seed "values.order failed"; finish; fi
[ -n "$opened" ] || : > "$T/secrets"
awk -F '\t' -v c="$commit_hash" '
    FILENAME == ARGV[1] || FILENAME == ARGV[2] { v[$1] = $2; next }
    { if (!($1 in v) || v[$1] !~ /^[0-9A-Za-z.\/]+$/ || $1 !~ /^[a-z][a-z0-9_]*$/) { bad = 1; exit }
      o = o (o == "" ? "" : ",") "{\"id\":\"" $1 "\",\"value\":\"" v[$1] "\"}" }
    END { if (!bad) printf "{\"commit\":\"%s\",\"values\":[%s]}", c, o }' "$T/values" "$T/secrets" "$T/sources" > "$T/seed"
if [ ! -s "$T/seed" ]; then unknown_ seed "a value is not here (sealed), or not in form"; finish; fi
S=$(tag_file seed "$T/seed")
if [ -z "$stated" ]; then unknown_ seed "the certificate states none"; finish; fi
if [ "$sealed" = true ]; then have=$(tag_text secret "$S"); else have=$S; fi
if [ "$have" != "$stated" ]; then no_ seed "recomputed: $S"; finish; fi
yes_ seed "$S"

# ---- tickets and selection

if [ -z "$pop_ok" ]; then unknown_ selection "the population is not the committed one"; finish; fi
case $kind in ratio|total) ;; *) unknown_ selection "kind $kind is not recomputed by this script"; finish ;; esac
if ! there selection.tsv; then unknown_ selection "selection.tsv is not here"; finish; fi
key=$(tag_text key "$(printf '%s\nobjects' "$S")")
total=$(rows_of "$B/population.tsv")
split -l "$BATCH" -a 6 -- "$B/population.tsv" "$T/part."
: > "$T/tickets"
for part in "$T"/part.*; do
    # one small file per id, numbered; one sha256sum reads a whole batch
    [ -f "$part" ] || continue
    awk -F '\t' -v k="$key" -v dir="$T/ids" '{ f = sprintf("%s/%07d", dir, NR); printf "%s%s", k, $1 > f; close(f) }' "$part"
    (cd "$T/ids" && sha256sum -- * && rm -f -- *) | cut -c1-64 | paste - "$part" >> "$T/tickets"
done
if [ "$(rows_of "$T/tickets")" != "$total" ]; then unknown_ selection "could not hash every id"; finish; fi
# tickets: ticket, id, stratum, weight -> the n lowest of each stratum, by (stratum, ticket, id)
awk -F '\t' '{ print $3 "\t" $1 "\t" $2 }' "$T/tickets" | sort -t "$TAB" -k1,1 -k2,2 -k3,3 |
    awk -F '\t' 'NR == FNR { n[$1] = $2 + 0; next } ++k[$1] <= n[$1] { print $3 "\t" $1 "\t" $2 }' "$T/n" - > "$T/selection"
if cmp -s "$T/selection" "$B/selection.tsv"; then
    yes_ selection "(byte for byte: $(rows_of "$T/selection") of $total, $(hash_of "$T/selection"))"
else
    no_ selection "selection.tsv is not the recomputed one"
fi
finish
