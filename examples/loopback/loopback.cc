// SPDX-License-Identifier: MIT OR GPL-2.0-only
//
// A network device in C++ alone: kmod0 returns each packet that is sent to it.
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>

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
  if (netif_rx(packet) == NET_RX_SUCCESS) {
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
  Loopback() = default;
  Loopback(const Loopback&) = delete;
  ~Loopback() {
    // Waits until the device sends no more, and nothing refers to it.
    if (registered_) unregister_netdev(device_);
    if (device_ != nullptr) free_netdev(device_);
  }

  [[nodiscard]] kmod::Result<void> start() {
    device_ = alloc_netdev(0, "kmod%d", NET_NAME_ENUM, set_up);
    if (device_ == nullptr) return std::unexpected(kmod::enomem);
    KMOD_TRY(kmod::result_of(register_netdev(device_)));
    registered_ = true;
    pr_info("%s is there\n", static_cast<const char*>(device_->name));
    return {};
  }

 private:
  net_device* device_ = nullptr;
  bool registered_ = false;
};

}  // namespace

KMOD_MODULE(Loopback);
