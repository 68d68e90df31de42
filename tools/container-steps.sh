#!/bin/sh
# What the Containerfile does, as one script, so that it can be run where no image can be built: CI runs it in an empty
# folder as an unprivileged user.
#
#   tools/container-steps.sh install   dependencies, exactly those of the lock file, without their install scripts
#   tools/container-steps.sh build     the server, the console, the command
#   tools/container-steps.sh serve     the server, in the foreground (what the container runs)
#   tools/container-steps.sh check     starts a server on an empty folder, waits for /readyz, stops it
#   tools/container-steps.sh rehearse  copies the project into an empty folder and does all of the above there
set -eu

install() {
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
}

build() {
  node tools/build.mjs
}

serve() {
  exec node server/dist/main.js
}

check() {
  folder=$(mktemp -d)
  log="$folder/log"
  SUNLOT_FOLDER="$folder/var" PORT="${PORT:-4900}" SUNLOT_SIMULATED=1 node server/dist/main.js >"$log" 2>&1 &
  server=$!
  trap 'kill "$server" 2>/dev/null && wait "$server" || true; rm -rf "$folder"' EXIT
  tries=0
  until node -e "fetch('http://127.0.0.1:${PORT:-4900}/readyz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 60 ] || ! kill -0 "$server" 2>/dev/null; then
      tail -n 20 "$log"
      echo 'the server did not become ready'
      exit 1
    fi
    sleep 0.5
  done
  kill -TERM "$server"
  code=0
  wait "$server" || code=$?
  if [ "$code" != 0 ]; then
    tail -n 20 "$log"
    echo "the server ended with $code after it was told to stop"
    exit 1
  fi
  echo 'ready, and stopped in order'
}

# As an unprivileged user where this one is root. node_modules is copied where it is there: npm ci takes a minute and is a
# step of CI by itself.
rehearse() {
  from=$(cd "$(dirname "$0")/.." && pwd)
  to=$(mktemp -d)
  trap 'rm -rf "$to"' EXIT
  (cd "$from" && git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- --ignore-failed-read -cf - 2>/dev/null) | tar -xf - -C "$to"
  if [ -d "$from/node_modules" ]; then cp -a "$from/node_modules" "$to/"; else steps='./tools/container-steps.sh install &&'; fi
  steps="${steps:-} ./tools/container-steps.sh build && ./tools/container-steps.sh check"
  if [ "$(id -u)" = 0 ]; then
    chown -R nobody "$to"
    (cd "$to" && exec setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME="$to" sh -c "$steps")
  else
    (cd "$to" && sh -c "$steps")
  fi
}

case "${1:-}" in
install | build | serve | check | rehearse) "$1" ;;
*)
  sed -n '2,10p' "$0"
  exit 64
  ;;
esac
