// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// Sends a frame to kmod0 in the VM, and receives it again.
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

#include "examples/check.h"

namespace {

using examples::check;

constexpr unsigned short kProtocol = 0x88b5;  // for experiments

void set_up(int socket_number) {
  ifreq request = {};
  std::strcpy(request.ifr_name, "kmod0");
  check(ioctl(socket_number, SIOCGIFFLAGS, &request) == 0, "SIOCGIFFLAGS");
  request.ifr_flags |= IFF_UP;
  check(ioctl(socket_number, SIOCSIFFLAGS, &request) == 0, "SIOCSIFFLAGS");
}

}  // namespace

int main() {
  const int packets = socket(AF_PACKET, SOCK_DGRAM, htons(kProtocol));
  check(packets >= 0, "socket");
  set_up(packets);
  sockaddr_ll address = {};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(kProtocol);
  address.sll_ifindex = static_cast<int>(if_nametoindex("kmod0"));
  check(address.sll_ifindex != 0, "kmod0");
  check(bind(packets, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0, "bind");
  address.sll_halen = ETH_ALEN;
  std::memset(address.sll_addr, 0xff, ETH_ALEN);

  const char sent[] = "there and back";
  check(sendto(packets, sent, sizeof(sent), 0, reinterpret_cast<sockaddr*>(&address),
               sizeof(address)) == sizeof(sent),
        "sendto");
  // The socket also sees the frame on its way out.
  for (;;) {
    char received[64] = {};
    sockaddr_ll from = {};
    socklen_t size = sizeof(from);
    const ssize_t length =
        recvfrom(packets, received, sizeof(received), 0, reinterpret_cast<sockaddr*>(&from), &size);
    check(length >= static_cast<ssize_t>(sizeof(sent)), "recvfrom");
    check(std::strcmp(received, sent) == 0, "the frame's text");
    if (from.sll_pkttype != PACKET_OUTGOING) break;
  }
  check(close(packets) == 0, "close");
  return 0;
}
