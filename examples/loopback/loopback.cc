// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A network device in C++ alone: kmod0 returns each packet that is sent to it.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>

#include <utility>

#include "kmod/errno.h"
#include "kmod/module.h"
#include "kmod/print.h"
#include "kmod/result.h"

namespace {

// Context: the network stack's, with soft interrupts disabled; must not sleep.
netdev_tx_t transmit(sk_buff* packet, net_device* device) {
  // The receiver must not count what the sender has left in the packet.
  skb_orphan(packet);
  packet->protocol = eth_type_trans(packet, device);
  const unsigned int size = packet->len;
  device->stats.tx_packets++;
  device->stats.tx_bytes += size;
  if (__netif_rx(packet) == NET_RX_SUCCESS) {
    device->stats.rx_packets++;
    device->stats.rx_bytes += size;
  }
  return NETDEV_TX_OK;
}

constexpr net_device_ops kOperations = {.ndo_start_xmit = transmit};

void set_up(net_device* device) {
  ether_setup(device);
  eth_hw_addr_random(device);
  device->netdev_ops = &kOperations;
  device->flags |= IFF_NOARP;
}

class Loopback {
 public:
  static kmod::Result<Loopback> create() {
    net_device* device = alloc_netdev(0, "kmod%d", NET_NAME_ENUM, set_up);
    if (device == nullptr) return std::unexpected(kmod::enomem);
    if (const int error = register_netdev(device); error < 0) {
      free_netdev(device);
      return std::unexpected(kmod::Errno::from_return(error));
    }
    pr_info("%s is there\n", static_cast<const char*>(device->name));
    return Loopback(device);
  }

  Loopback(Loopback&& other) noexcept : device_(std::exchange(other.device_, nullptr)) {}
  Loopback& operator=(Loopback&&) = delete;
  ~Loopback() {
    if (device_ == nullptr) return;
    // Waits until the device sends no more, and nothing refers to it.
    unregister_netdev(device_);
    free_netdev(device_);
  }

 private:
  explicit Loopback(net_device* device) : device_(device) {}

  net_device* device_;
};

}  // namespace

KMOD_MODULE(Loopback);
