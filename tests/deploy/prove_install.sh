#!/bin/sh
# Proves deploy/install.sh in a root made from Debian's packages alone, as the image does it:
#   tests/deploy/prove_install.sh [SUITE]      as root; needs debootstrap and the package registries
# Then asks the shipped record as a user without rights, on a root that can only be read.
set -eu

if [ -z "${PROVING:-}" ]; then  # once more, where no mount is seen by anybody else
    PROVING=1 exec unshare --mount --propagation private "$0" "$@"
fi
unset PIP_FIND_LINKS  # a folder of this machine

suite=${1:-bookworm}
here=$(cd "$(dirname "$0")/../.." && pwd)
root=$(mktemp -d)
trap 'umount --lazy "$root"; rmdir "$root"' EXIT  # never rm: the host's /dev is bound in there

mount -t tmpfs -o size=2g,mode=755 none "$root"
debootstrap --variant=minbase --include=ca-certificates,python3-venv "$suite" "$root" >/dev/null
if [ -n "${SSL_CERT_FILE:-}" ]; then
    cp "$SSL_CERT_FILE" "$root/etc/ssl/certs/ca-certificates.crt"
fi
cp /etc/resolv.conf /etc/hosts "$root/etc/"
mkdir "$root/source" "$root/data"
git -C "$here" archive HEAD | tar -x -C "$root/source"
mount -t proc none "$root/proc"
mount --rbind /dev "$root/dev"
mount --make-rslave "$root/dev"

chroot "$root" /source/deploy/install.sh /opt/onrecord
rm -r "$root/source"
du -sh "$root/opt/onrecord"

mount -t tmpfs -o mode=700,uid=10001,gid=10001 none "$root/data"
mount -o remount,ro "$root"
chroot --userspec=10001:10001 "$root" /usr/bin/env -i PATH=/usr/bin HOME=/data \
    ONRECORD_RECORD=/data/record.db PYTHONDONTWRITEBYTECODE=1 \
    /opt/onrecord/current/bin/onrecord ask "what if Russia only does a minor incursion?"
